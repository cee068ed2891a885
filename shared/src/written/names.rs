//! Countries that a text names beside a number.

use crate::Country;

/// The names of a country, one a line, in the languages that count.
pub type Names<'a> = &'a dyn Fn(Country) -> String;

/// From these letters on, words are written without spaces between them.
const WITHOUT_SPACES: char = '\u{2e80}';

/// Shorter names are found in too many words.
const LEAST: usize = 4;

/// What countries are called beside their names. Capitals are part of an abbreviation, lest it be found in words and addresses.
const ALSO: [(&str, &str); 16] = [
    ("UK", "GB"),
    ("U.K.", "GB"),
    ("Britain", "GB"),
    ("England", "GB"),
    ("Scotland", "GB"),
    ("Wales", "GB"),
    ("英国", "GB"),
    ("USA", "US"),
    ("U.S.", "US"),
    ("U.S.A.", "US"),
    ("アメリカ", "US"),
    ("米国", "US"),
    ("UAE", "AE"),
    ("Korea", "KR"),
    ("Holland", "NL"),
    ("豪州", "AU"),
];

pub(super) fn named(text: &str, names: Names<'_>) -> Vec<Country> {
    let lower = text.to_lowercase();
    let is_named = |country: &Country| {
        let is_long = |name: &&str| is_ideographic(name) || name.chars().count() >= LEAST;
        let mut also = ALSO.iter().filter(|(_, code)| *code == country.code());
        also.any(|(name, _)| stands_in(text, name))
            || names(*country).lines().filter(is_long).any(|name| stands_in(&lower, &name.to_lowercase()))
    };
    Country::all().filter(is_named).collect()
}

fn is_ideographic(name: &str) -> bool {
    name.starts_with(|sign: char| sign >= WITHOUT_SPACES)
}

fn stands_in(text: &str, name: &str) -> bool {
    if is_ideographic(name) {
        return name.chars().nth(1).is_some() && text.contains(name);
    }
    let is_letter =
        |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphabetic() && sign < WITHOUT_SPACES);
    text.match_indices(name).any(|(at, _)| {
        !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + name.len()..].chars().next())
    })
}
