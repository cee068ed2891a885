//! What a passcode must be. The page says so while it is typed; the server has the last word.

use thiserror::Error;

use crate::{PhoneNumber, digits};

/// Fewest characters of a passcode.
pub const MIN_LEN: usize = 8;
/// Most bytes of a passcode; what a check costs must not depend on what a stranger sends.
pub const MAX_LEN: usize = 256;

/// Why a passcode is refused, in a sentence for the person who chose it.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum PasscodeFault {
    #[error("The passcode is too short; it must have at least {MIN_LEN} characters.")]
    TooShort,
    #[error("The passcode is too long; it may have at most {MAX_LEN} bytes.")]
    TooLong,
    /// It is the line's number, or a part of it.
    #[error("The passcode is the phone number; choose something else.")]
    PhoneNumber,
    /// One or two characters, over and over.
    #[error("The passcode repeats the same characters; choose one that is harder to guess.")]
    Repeated,
    /// Characters in the order of the alphabet, the digits or the keyboard.
    #[error("The passcode is a simple sequence; choose one that is harder to guess.")]
    Sequence,
    /// One of those that everybody tries first.
    #[error("The passcode is one of the most common ones; choose one that is harder to guess.")]
    Common,
}

/// Words that, with digits around them or instead of letters, are tried first.
const COMMON: [&str; 14] = [
    "password",
    "passwort",
    "passcode",
    "passw",
    "letmein",
    "welcome",
    "iloveyou",
    "sidetone",
    "admin",
    "administrator",
    "superman",
    "sunshine",
    "football",
    "baseball",
];
/// Where neighbours are a sequence.
const ROWS: [&str; 6] =
    ["0123456789", "1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Whether `passcode` may be chosen for the line with this number.
///
/// # Errors
/// The first fault found.
pub fn check(passcode: &str, number: &PhoneNumber) -> Result<(), PasscodeFault> {
    if passcode.chars().count() < MIN_LEN {
        return Err(PasscodeFault::TooShort);
    }
    if passcode.len() > MAX_LEN {
        return Err(PasscodeFault::TooLong);
    }
    // Digits of another script are as easy to guess.
    let passcode = &digits::fold(passcode);
    let plain: Vec<char> = passcode
        .to_ascii_lowercase()
        .chars()
        .filter(|c| !c.is_ascii_whitespace() && !c.is_ascii_punctuation())
        .collect();
    if is_number(&plain, number) {
        return Err(PasscodeFault::PhoneNumber);
    }
    let all: Vec<char> = passcode.chars().collect();
    if (1..=2).any(|period| all.iter().zip(&all[period..]).all(|(a, b)| a == b)) {
        return Err(PasscodeFault::Repeated);
    }
    if is_sequence(&plain) {
        return Err(PasscodeFault::Sequence);
    }
    // "p4ssw0rd2026" is the word, and some digits around it.
    let word = plain.iter().collect::<String>();
    let word = word.trim_matches(|c: char| c.is_ascii_digit());
    let unmasked: String = word.chars().map(unmask).collect();
    let letters: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    if COMMON.contains(&unmasked.as_str()) || COMMON.contains(&letters.as_str()) {
        return Err(PasscodeFault::Common);
    }
    Ok(())
}

/// Nothing but digits of the number, in its order: the national or the international form, or the end of it.
fn is_number(plain: &[char], number: &PhoneNumber) -> bool {
    let digits: String = plain.iter().collect();
    let national: String = number.national().chars().filter(char::is_ascii_digit).collect();
    !digits.is_empty() && (number.as_str().contains(&digits) || national.contains(&digits))
}

/// Every character but one or two follows its neighbour in one of the rows, up or down.
fn is_sequence(plain: &[char]) -> bool {
    let place = |row: &str, c: char| row.chars().position(|r| r == c);
    let follows = |a: char, b: char| {
        ROWS.iter().any(|row| match (place(row, a), place(row, b)) {
            (Some(a), Some(b)) => a.abs_diff(b) == 1,
            _ => false,
        })
    };
    let breaks = plain.windows(2).filter(|pair| !follows(pair[0], pair[1])).count();
    plain.len() > 3 && breaks <= 1
}

/// The letter that a digit is written for.
fn unmask(c: char) -> char {
    match c {
        '0' => 'o',
        '1' => 'l',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(passcode: &str) -> Option<PasscodeFault> {
        check(passcode, &PhoneNumber::from_e164("+815031234567").unwrap()).err()
    }

    #[test]
    fn what_is_easy_to_guess_is_refused_with_the_reason() {
        for (passcode, why) in [
            ("", PasscodeFault::TooShort),
            ("secret7", PasscodeFault::TooShort),
            ("+815031234567", PasscodeFault::PhoneNumber),
            ("050-3123-4567", PasscodeFault::PhoneNumber),
            ("31234567", PasscodeFault::PhoneNumber),
            ("aaaaaaaa", PasscodeFault::Repeated),
            ("--------", PasscodeFault::Repeated),
            ("abababab", PasscodeFault::Repeated),
            ("12345678", PasscodeFault::Sequence),
            ("1234567890", PasscodeFault::Sequence),
            ("87654321", PasscodeFault::Sequence),
            ("٨٧٦٥٤٣٢١", PasscodeFault::Sequence),
            ("۰۵۰-３１２３-4567", PasscodeFault::PhoneNumber),
            ("ABCDEFGH", PasscodeFault::Sequence),
            ("abcd1234", PasscodeFault::Sequence),
            ("qwertyui", PasscodeFault::Sequence),
            ("password", PasscodeFault::Common),
            ("Password1", PasscodeFault::Common),
            ("p4ssw0rd!!", PasscodeFault::Common),
            ("football11", PasscodeFault::Common),
            ("sidetone2026", PasscodeFault::Common),
        ] {
            assert_eq!(fault(passcode), Some(why), "{passcode}");
        }
        assert_eq!(fault(&"x7".repeat(129)), Some(PasscodeFault::TooLong));
    }

    #[test]
    fn what_is_hard_to_guess_is_taken() {
        for passcode in [
            "correct horse",
            "Zp4!wq9x",
            "73920184",
            "sunshine over tokyo",
            "ひみつのことば7",
            "football club",
            "🦀🦀🐢🐢🦀🐢🐢🐢",
        ] {
            assert_eq!(fault(passcode), None, "{passcode}");
        }
    }
}
