//! The signs of a number in a text.

use shared::Key;
use shared::phone::MAX_INPUT;
use shared::written::{MAX_KEYS, is_pause};

/// Most that is kept.
pub(super) const LONGEST: usize = MAX_INPUT + MAX_KEYS;
/// Digits that are no number and longer may be two.
pub(super) const LONGEST_PLAIN: usize = 11;

/// The number and the keys behind it, pauses included.
pub(super) fn split(text: &str) -> (&str, &str) {
    text.split_at(text.find(is_pause).unwrap_or(text.len()))
}

pub(super) fn is_sign(character: char) -> bool {
    matches!(character, '0'..='9' | '*' | '#' | '+' | ',' | ';')
}

/// Digits as they are typed, and what groups them.
pub(super) fn is_plain(text: &str) -> bool {
    let digits = text.trim_start_matches([' ', '+', '＋']);
    digits
        .chars()
        .all(|sign| Key::from_char(sign).is_some() || matches!(sign, ' ' | '-' | '\u{a0}' | '\u{3000}'))
}

/// Roughly: the tables of Unicode are large, and nothing hangs on it.
pub(super) fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphanumeric()
        || (sign >= '\u{c0}'
            && !matches!(sign, '\u{2000}'..='\u{2fff}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..))
}

pub(super) fn is_key(sign: char) -> bool {
    sign_of(sign).is_some() || Key::from_letter(sign).is_some()
}

fn sign_of(character: char) -> Option<char> {
    match character {
        '+' | '＋' => Some('+'),
        ',' | '，' => Some(','),
        ';' | '；' => Some(';'),
        _ => Key::from_char(character).map(Key::to_char),
    }
}

/// The signs in a text: digits of any script, `*`, `#`, a leading `+`, pauses behind the first sign, and letters by their keys.
pub(super) fn signs(text: &str) -> impl Iterator<Item = char> {
    let mut first = true;
    text.chars().filter_map(move |character| {
        let sign = match sign_of(character) {
            Some('+') => first.then_some('+'),
            Some(pause @ (',' | ';')) => (!first).then_some(pause),
            Some(sign) => Some(sign),
            None => Key::from_letter(character).map(Key::to_char),
        };
        first &= sign.is_none();
        sign
    })
}
