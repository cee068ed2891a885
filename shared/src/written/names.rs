//! Countries that a text names beside a number.

use crate::Country;

/// The names of a country, one a line, in the languages that count.
pub type Names<'a> = &'a dyn Fn(Country) -> String;

/// From these letters on, words are written without spaces between them.
const WITHOUT_SPACES: char = '\u{2e80}';

/// Shorter names are found in too many words.
const LEAST: usize = 4;

pub(super) fn named(text: &str, names: Names<'_>) -> Vec<Country> {
    let text = text.to_lowercase();
    let is_named =
        |country: &Country| names(*country).lines().any(|name| stands_in(&text, &name.to_lowercase()));
    Country::all().filter(is_named).collect()
}

fn stands_in(text: &str, name: &str) -> bool {
    if name.starts_with(|sign: char| sign >= WITHOUT_SPACES) {
        return name.chars().nth(1).is_some() && text.contains(name);
    }
    let is_letter =
        |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphabetic() && sign < WITHOUT_SPACES);
    name.chars().count() >= LEAST
        && text.match_indices(name).any(|(at, _)| {
            !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + name.len()..].chars().next())
        })
}
