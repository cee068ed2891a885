use std::cell::Cell;

use super::format::plural_form;
use super::{COUNT, FINGERPRINT, FORMS, LANGUAGES};

/// A language that there is a message file for.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// BCP 47, such as `ja`.
    pub tag: &'static str,
    /// What its speakers call it.
    pub name: &'static str,
    pub right_to_left: bool,
}

type Texts = &'static [&'static str];

thread_local! {
    /// The texts that are there, by the places of [`LANGUAGES`]. English, the first, is in every message's function.
    static LOADED: [Cell<Option<Texts>>; LANGUAGES.len()] =
        const { [const { Cell::new(None) }; LANGUAGES.len()] };
    static CURRENT: Cell<usize> = const { Cell::new(0) };
}

/// The language that is spoken.
pub fn current() -> &'static Language {
    LANGUAGES.get(CURRENT.get()).unwrap_or(&LANGUAGES[0])
}

/// The language for a tag of the browser: `ja` for `ja-JP`. Regions do not matter.
pub fn find(tag: &str) -> Option<&'static Language> {
    let primary = tag.split('-').next().unwrap_or(tag);
    LANGUAGES.iter().find(|language| language.tag.eq_ignore_ascii_case(primary))
}

/// Takes the content of a language's file: its fingerprint, then its texts. False when it is of another build than this page.
/// Kept for good; a language is loaded once.
pub fn add(language: &Language, file: Vec<String>) -> bool {
    let mut texts = file.into_iter();
    if texts.next().as_deref() != Some(FINGERPRINT) || texts.len() != COUNT {
        return false;
    }
    let texts: Vec<&'static str> = texts.map(|text| &*text.leak()).collect();
    let place = LANGUAGES.iter().position(|known| known == language).unwrap_or_default();
    LOADED.with(|loaded| {
        if let Some(cell) = loaded.get(place) {
            cell.set(Some(texts.leak()));
        }
    });
    true
}

/// Speaks a language from now on. False when its texts are not there yet.
pub fn choose(language: &Language) -> bool {
    let place = LANGUAGES.iter().position(|known| known == language).unwrap_or_default();
    let there = place == 0 || texts(place).is_some();
    if there {
        CURRENT.set(place);
    }
    there
}

fn texts(place: usize) -> Option<Texts> {
    LOADED.with(|loaded| loaded.get(place).and_then(Cell::get))
}

/// The text in the current language, whose English is given.
pub(super) fn at(index: usize, english: &'static str) -> &'static str {
    texts(CURRENT.get()).and_then(|texts| texts.get(index)).copied().unwrap_or(english)
}

/// The message with its arguments in their places.
pub(super) fn fill(index: usize, english: &'static str, arguments: &[&str]) -> String {
    let mut filled = String::new();
    for c in at(index, english).chars() {
        match (c as usize).checked_sub(1).and_then(|place| arguments.get(place)) {
            Some(argument) => filled.push_str(argument),
            None => filled.push(c),
        }
    }
    filled
}

/// The form of the message for this number; the number is the argument before the others.
pub(super) fn counted(index: usize, english: &[&'static str], count: u32, arguments: &[&str]) -> String {
    let form = plural_form(count);
    let form = FORMS.iter().position(|known| *known == form).unwrap_or_default();
    let number = count.to_string();
    let mut all = vec![number.as_str()];
    all.extend_from_slice(arguments);
    fill(index + form, english.get(form).copied().unwrap_or_default(), &all)
}
