//! Codes that an operator gives to a user, who chooses a passcode with them.

use secrecy::{ExposeSecret, SecretString};
use shared::digits;

use crate::random;

/// Seconds a code is good for.
pub const LIFETIME_S: i64 = 7 * 86_400;

/// Letters and digits of which none look alike: 5 bits each.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Letters of a code.
const LEN: usize = 10;

/// A fresh code as a person reads it, such as `k3fmz-9qaxe`: 10 characters, 50 bits.
///
/// # Errors
/// The operating system has no random numbers.
pub fn generate() -> Result<SecretString, getrandom::Error> {
    let bytes = random::bytes::<LEN>()?;
    let mut text = String::new();
    for (i, byte) in bytes.iter().enumerate() {
        if i == 5 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(byte & 31)]));
    }
    Ok(SecretString::from(text))
}

/// What is hashed and compared: the letters and digits, however they were typed.
#[must_use]
pub fn normalise(typed: &SecretString) -> SecretString {
    let kept = typed.expose_secret().chars().filter(|c| c.is_alphanumeric());
    let ascii = kept.map(|c| digits::to_ascii(c).unwrap_or(c));
    SecretString::from(ascii.flat_map(char::to_lowercase).collect::<String>())
}

/// Whether a text can be a code, whoever's. A passcode may look like one by chance.
#[must_use]
pub fn looks_like_one(typed: &SecretString) -> bool {
    let code = normalise(typed);
    let code = code.expose_secret().as_bytes();
    code.len() == LEN && code.iter().all(|letter| LETTERS.contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_told_from_other_texts_by_its_looks() {
        let looks = |text: &str| looks_like_one(&SecretString::from(text));
        assert!(looks_like_one(&generate().unwrap()));
        assert!(looks(" K3FMZ 9QAXE ") && looks("k3fmz9qaxe"));
        for other in ["", "correct horse", "k3fmz-9qax", "k3fmz-9qaxea", "k3fmz-9qax1", "k3fmz-9qaxé"] {
            assert!(!looks(other), "{other}");
        }
    }

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = generate().unwrap();
        let text = code.expose_secret();
        assert_eq!((text.len(), text.find('-')), (11, Some(5)), "{text}");
        let typed = SecretString::from(format!(" {} ", text.to_uppercase().replace('-', " ")));
        assert_eq!(normalise(&typed).expose_secret(), normalise(&code).expose_secret());
        assert_eq!(normalise(&code).expose_secret(), text.replace('-', ""));
        // On an Arabic keyboard, and copied with a hyphen that breaks no line.
        let ways =
            ["k3fmz-9qaxe", "k٣fmz‑۹qaxe", "K３FMZ ９QAXE"].map(|way| normalise(&SecretString::from(way)));
        assert!(ways.iter().all(|way| way.expose_secret() == "k3fmz9qaxe"));
        assert_ne!(generate().unwrap().expose_secret(), text);
    }
}
