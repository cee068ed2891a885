//! The twelve keys of a telephone, their letters, and the DTMF alphabet.

use serde::{Deserialize, Serialize};

use crate::digits;

/// A key of the keypad (ITU-T E.161).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub enum Key {
    D0,
    D1,
    D2,
    D3,
    D4,
    D5,
    D6,
    D7,
    D8,
    D9,
    Star,
    Hash,
}

impl Key {
    /// In the order of a keypad, row by row.
    pub const ALL: [Self; 12] = [
        Self::D1,
        Self::D2,
        Self::D3,
        Self::D4,
        Self::D5,
        Self::D6,
        Self::D7,
        Self::D8,
        Self::D9,
        Self::Star,
        Self::D0,
        Self::Hash,
    ];

    /// The key that carries this digit or sign; in any script. Not letters: see [`Key::from_letter`].
    pub fn from_char(character: char) -> Option<Self> {
        let key = match digits::to_ascii(character).unwrap_or(character) {
            '0' => Self::D0,
            '1' => Self::D1,
            '2' => Self::D2,
            '3' => Self::D3,
            '4' => Self::D4,
            '5' => Self::D5,
            '6' => Self::D6,
            '7' => Self::D7,
            '8' => Self::D8,
            '9' => Self::D9,
            '*' | '＊' => Self::Star,
            '#' | '＃' => Self::Hash,
            _ => return None,
        };
        Some(key)
    }

    /// The key that carries this letter, whatever its case.
    pub fn from_letter(letter: char) -> Option<Self> {
        let letter = letter.to_ascii_uppercase();
        Self::ALL.into_iter().find(|key| letter.is_ascii_uppercase() && key.letters().contains(letter))
    }

    /// `0`–`9`, `*` or `#`.
    pub fn to_char(self) -> char {
        match self {
            Self::D0 => '0',
            Self::D1 => '1',
            Self::D2 => '2',
            Self::D3 => '3',
            Self::D4 => '4',
            Self::D5 => '5',
            Self::D6 => '6',
            Self::D7 => '7',
            Self::D8 => '8',
            Self::D9 => '9',
            Self::Star => '*',
            Self::Hash => '#',
        }
    }

    /// The letters printed on the key (ITU-T E.161), empty for 1, `*` and `#`; 0 carries the plus sign.
    pub fn letters(self) -> &'static str {
        match self {
            Self::D2 => "ABC",
            Self::D3 => "DEF",
            Self::D4 => "GHI",
            Self::D5 => "JKL",
            Self::D6 => "MNO",
            Self::D7 => "PQRS",
            Self::D8 => "TUV",
            Self::D9 => "WXYZ",
            Self::D0 => "+",
            Self::D1 | Self::Star | Self::Hash => "",
        }
    }
}

/// Whether the SDK's `sendDigits` takes the text: `0-9 * # w`, at least one (its `lib/twilio/call.ts`).
pub fn is_dtmf(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '0'..='9' | '*' | '#' | 'w'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_by_its_sign_and_its_letters() {
        for key in Key::ALL {
            assert_eq!(Key::from_char(key.to_char()), Some(key));
            for letter in key.letters().chars().filter(char::is_ascii_alphabetic) {
                assert_eq!(Key::from_letter(letter), Some(key));
                assert_eq!(Key::from_letter(letter.to_ascii_lowercase()), Some(key));
            }
        }
    }

    #[test]
    fn every_letter_has_exactly_one_key() {
        for letter in 'a'..='z' {
            let upper = letter.to_ascii_uppercase();
            assert_eq!(Key::ALL.iter().filter(|key| key.letters().contains(upper)).count(), 1, "{letter}");
        }
        for (typed, key) in
            [('٣', Key::D3), ('۹', Key::D9), ('७', Key::D7), ('０', Key::D0), ('＊', Key::Star)]
        {
            assert_eq!(Key::from_char(typed), Some(key));
        }
        for other in ['+', '1', 'é', 'ß', ' '] {
            assert_eq!(Key::from_letter(other), None);
        }
    }

    #[test]
    fn dtmf_is_what_the_sdk_takes() {
        assert!(is_dtmf("0123456789*#w"));
        for no in ["", "a", "1 2", "１", "+"] {
            assert!(!is_dtmf(no), "{no:?}");
        }
    }
}
