//! Numbers that are words, such as `1-800-FLOWERS`: every letter is the key that carries it (ITU-T E.161). Letters that are more
//! than the number has digits, as in `1-800-CONTACTS`, complete the word for the eye only: the network takes no notice of
//! keys that are pressed after a whole number.

use super::items::{Item, Kind};
use super::words;
use crate::phone::cleaning::is_separator;
use crate::{Country, Key, PhoneNumber};

/// Fewest letters of a word that is meant as digits.
const LEAST_LETTERS: usize = 3;

/// The text with the word as digits; `None` where none is meant.
pub(super) fn spelled(text: &str, items: &[Item<'_>], home: Option<Country>) -> Option<String> {
    let at = items.iter().position(|item| item.kind == Kind::Digits)?;
    let first = &items[at];
    let follows = &items[at + 1..];
    let is_whole = PhoneNumber::parse(first.text, home).is_ok();
    // Together with the digits: 1-800-FLOWERS.
    let glued = follows.iter().take_while(|item| is_part(item) && is_joined(&text[first.from..item.from]));
    if let Some(last) = glued.last()
        && let Some((spelled, is_number)) = replaced(text, first, last, home)
        && (is_number || !is_whole)
    {
        let shorter = if is_number { None } else { shortened(text, first, last, home) };
        return Some(shorter.unwrap_or(spelled));
    }
    if is_whole {
        return None;
    }
    // Or apart, 1 800 FLOWERS, where that makes a number.
    let capital =
        |item: &&Item<'_>| is_part(item) && !item.text.contains(|sign: char| sign.is_ascii_lowercase());
    let lasts = || follows.iter().take_while(capital).take(3);
    lasts()
        .find_map(|last| replaced(text, first, last, home).filter(|(_, is_number)| *is_number))
        .map(|(spelled, _)| spelled)
        .or_else(|| lasts().find_map(|last| shortened(text, first, last, home)))
}

fn is_part(item: &Item<'_>) -> bool {
    match item.kind {
        Kind::Digits => !item.has_plus(),
        Kind::Word => {
            item.text.bytes().all(|sign| sign.is_ascii_alphabetic())
                && ![words::is_extension, words::is_fax, words::is_phone].iter().any(|is| is(item.text))
        }
        Kind::Sign(_) => false,
    }
}

fn is_joined(text: &str) -> bool {
    text.chars()
        .all(|sign| !sign.is_whitespace() && (sign.is_alphanumeric() || sign == '+' || is_separator(sign)))
}

/// The same without the letters at the end that are too many for a number; `None` where that makes none. A number of home, written as
/// it is dialled there, or else one of another country without its plus: what is meant is asked then.
fn shortened(text: &str, first: &Item<'_>, last: &Item<'_>, home: Option<Country>) -> Option<String> {
    let (before, rest) = text.split_at(first.from);
    let (word, after) = rest.split_at(last.to() - first.from);
    let letters = |word: &str| word.bytes().filter(u8::is_ascii_alphabetic).count();
    // Most of the word is the number, or it is none.
    let enough = |kept: &&str| letters(kept) >= LEAST_LETTERS && letters(kept) * 2 >= letters(word);
    let mut at_home = std::iter::successors(Some(word), shorter).take_while(enough);
    let mut abroad = at_home.clone();
    let kept = at_home
        .find(|kept| is_dialled_so(&keys(kept), home))
        .or_else(|| abroad.find(|kept| PhoneNumber::parse(&["+", &keys(kept)].concat(), None).is_ok()))?;
    (kept.len() < word.len()).then(|| [before, &keys(kept), after].concat())
}

/// Without its last letter.
fn shorter<'a>(word: &&'a str) -> Option<&'a str> {
    let word = word.strip_suffix(|sign: char| !sign.is_ascii_digit())?;
    Some(word.trim_end_matches(|sign: char| !sign.is_ascii_alphanumeric()))
}

/// A national number with its trunk prefix, if its country has one: without, many a row of digits would be one.
fn is_dialled_so(written: &str, home: Option<Country>) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let Ok(number) = PhoneNumber::parse(written, home) else { return false };
    let (written, national) = (digits(written), digits(&number.national()));
    digits(number.as_str()) == written || national == written || ["1", &national].concat() == written
}

fn keys(word: &str) -> String {
    word.chars().map(|sign| Key::from_letter(sign).map_or(sign, Key::to_char)).collect()
}

/// The text with the letters between two items as digits, and whether these are a number.
fn replaced(text: &str, first: &Item<'_>, last: &Item<'_>, home: Option<Country>) -> Option<(String, bool)> {
    let (before, rest) = text.split_at(first.from);
    let (word, after) = rest.split_at(last.to() - first.from);
    let mut letters = word.split(|sign: char| !sign.is_ascii_alphabetic()).map(str::len);
    if letters.next() != Some(0) || !letters.any(|length| length >= LEAST_LETTERS) || first.signs().len() < 3
    {
        return None;
    }
    let digits = keys(word);
    let is_number = PhoneNumber::parse(&digits, home).is_ok();
    Some(([before, &digits, after].concat(), is_number))
}
