//! Codes that an operator gives to a user, who chooses a passcode with them.

use secrecy::{ExposeSecret, SecretString};

use super::random;

/// Seconds a code is good for.
pub const LIFETIME_S: i64 = 7 * 86_400;

/// Letters and digits of which none look alike: 5 bits each.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A fresh code as a person reads it, such as `k3fmz-9qaxe`: 10 characters, 50 bits.
///
/// # Errors
/// The operating system has no random numbers.
pub fn generate() -> Result<SecretString, getrandom::Error> {
    let bytes = random::bytes::<10>()?;
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
    let kept = typed.expose_secret().chars().filter(|c| !c.is_whitespace() && *c != '-');
    SecretString::from(kept.flat_map(char::to_lowercase).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = generate().unwrap();
        let text = code.expose_secret();
        assert_eq!((text.len(), text.find('-')), (11, Some(5)), "{text}");
        let typed = SecretString::from(format!(" {} ", text.to_uppercase().replace('-', " ")));
        assert_eq!(normalise(&typed).expose_secret(), normalise(&code).expose_secret());
        assert_eq!(normalise(&code).expose_secret(), text.replace('-', ""));
        assert_ne!(generate().unwrap().expose_secret(), text);
    }
}
