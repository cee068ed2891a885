//! Signs in other spellings than their own: a plus sign that was escaped for a web page, a program or an address, or dictated as a
//! word; letters in full width. Without its plus sign, a number would be one of home.

use std::borrow::Cow;

use crate::digits;
use crate::phone::cleaning::is_separator;

/// As addresses, HTML and JSON escape it.
const PLUS: [&str; 6] = ["%2b", "&#43;", "&#x2b;", "&plus;", "\\u002b", "\\x2b"];
/// As it is said before a number.
const SPOKEN: [&str; 2] = ["plus ", "プラス"];

/// The text with its plus signs as such.
pub(super) fn with_plus(text: &str) -> Cow<'_, str> {
    let spelled = |at: usize| {
        let rest = &text[at..];
        let spoken = SPOKEN.iter().filter(|_| at == 0);
        let of = |spelling: &&&str| {
            rest.get(..spelling.len()).is_some_and(|start| start.eq_ignore_ascii_case(spelling))
        };
        let length = PLUS.iter().chain(spoken).find(of)?.len();
        let next = rest[length..].chars().find(|sign| !is_separator(*sign))?;
        digits::to_ascii(next).map(|_| length)
    };
    let mut written = Cow::Borrowed("");
    let mut from = 0;
    for (at, _) in text.char_indices() {
        if let Some(length) = spelled(at) {
            written = [&*written, &text[from..at], "+"].concat().into();
            from = at + length;
        }
    }
    if from == 0 { text.into() } else { [&*written, &text[from..]].concat().into() }
}

/// The text with Latin letters in their usual width.
pub(super) fn narrow(text: &str) -> Cow<'_, str> {
    let is_wide = |sign: char| matches!(sign, 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let narrow = |sign: char| match sign {
        wide if is_wide(wide) => char::from_u32(wide as u32 - 0xfee0).unwrap_or(wide),
        other => other,
    };
    if text.contains(is_wide) { text.chars().map(narrow).collect() } else { text.into() }
}
