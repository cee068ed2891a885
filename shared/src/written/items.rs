//! A text as numbers, words and signs.

use super::words;
use crate::digits;
use crate::phone::cleaning::{is_plus, is_separator};

/// A piece of a text, and where it stands.
#[derive(Debug)]
pub(super) struct Item<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    pub(super) from: usize,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// Digits with what is written between them; the first sign is a digit or a plus.
    Digits,
    Word,
    /// Any other sign; a line's end too.
    Sign(char),
}

impl Item<'_> {
    pub(super) fn to(&self) -> usize {
        self.from + self.text.len()
    }

    pub(super) fn has_plus(&self) -> bool {
        self.kind == Kind::Digits && (self.text.starts_with(is_plus) || self.text.ends_with(is_plus))
    }

    /// The plus sign and the digits.
    pub(super) fn signs(&self) -> String {
        let plus = self.has_plus().then_some('+');
        plus.into_iter().chain(self.text.chars().filter_map(digits::to_ascii)).collect()
    }

    pub(super) fn is_sign(&self, is: impl Fn(char) -> bool) -> bool {
        matches!(self.kind, Kind::Sign(sign) if is(sign))
    }

    pub(super) fn is_word(&self, is: impl Fn(&str) -> bool) -> bool {
        self.kind == Kind::Word && is(self.text)
    }

    pub(super) fn is_extension_word(&self) -> bool {
        self.is_word(words::is_extension)
    }
}

/// Takes a text apart.
pub(super) fn items(text: &str) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        let rest = &text[at..];
        let (kind, length) = if is_digit(sign) || (is_plus(sign) && begins_number(rest)) {
            (Kind::Digits, number_length(rest))
        } else if sign == '\n' || !is_separator(sign) {
            match rest.find(|sign| !is_letter(sign)).unwrap_or(rest.len()) {
                0 => (Kind::Sign(sign), sign.len_utf8()),
                length => (Kind::Word, length),
            }
        } else {
            at += sign.len_utf8();
            continue;
        };
        items.push(Item { kind, text: &rest[..length], from: at });
        at += length;
    }
    items
}

/// Cuts digits that are no number into one that is and the rest, where a bracket, a slash or a gap stands between them:
/// `03-1234-5678 (9:00`, `03-1234-5678/5679`. At a space only into two numbers.
pub(super) fn cut<'a>(items: Vec<Item<'a>>, is_number: impl Fn(&Item<'_>) -> bool) -> Vec<Item<'a>> {
    let mut cut = Vec::with_capacity(items.len());
    for mut item in items {
        while let Some(at) = place_to_cut(&item, &is_number) {
            let (head, tail) = item.text.split_at(at);
            let rest = tail.trim_start_matches(is_separator);
            let from = item.from + item.text.len() - rest.len();
            cut.push(Item { text: head.trim_end_matches(is_separator), ..item });
            item = Item { text: rest, from, kind: item.kind };
        }
        cut.push(item);
    }
    cut
}

fn place_to_cut(item: &Item<'_>, is_number: impl Fn(&Item<'_>) -> bool) -> Option<usize> {
    if item.kind != Kind::Digits || is_number(item) {
        return None;
    }
    let part = |text| is_number(&Item { kind: Kind::Digits, text, from: 0 });
    let mut places = item.text.char_indices().skip(1).filter(|(_, sign)| is_separator(*sign));
    places.find_map(|(at, sign)| {
        let (head, tail) = item.text.split_at(at);
        let is_gap = matches!(sign, '/' | '／' | '(' | '（' | '[' | '［' | '\t') || tail.starts_with("  ");
        let tail = tail.trim_start_matches(is_separator);
        let parts = part(head.trim_end_matches(is_separator)) && (part(tail) || (is_gap && !tail.is_empty()));
        parts.then_some(at)
    })
}

fn is_digit(sign: char) -> bool {
    digits::to_ascii(sign).is_some()
}

fn is_letter(sign: char) -> bool {
    // With the marks of Thai, Arabic or Hindi, which are no letters by themselves.
    sign.is_alphabetic()
        || matches!(sign, '×' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{e31}'..='\u{e4e}')
}

fn begins_number(from_plus: &str) -> bool {
    from_plus.chars().skip(1).find(|sign| !is_separator(*sign)).is_some_and(is_digit)
}

/// Up to the last digit before a line's end or anything that stands in no number; another plus sign begins another number. One that
/// stands behind belongs to it: so it may look in Arabic or Hebrew.
fn number_length(rest: &str) -> usize {
    let mut length = 0;
    for (at, sign) in rest.char_indices() {
        let is_behind = is_plus(sign) && !rest.starts_with(is_plus) && !begins_number(&rest[at..]);
        if is_digit(sign) || at == 0 || is_behind {
            length = at + sign.len_utf8();
        }
        if is_behind || sign == '\n' || !(is_digit(sign) || is_plus(sign) && at == 0 || is_separator(sign)) {
            break;
        }
    }
    length
}
