//! Passcodes: argon2id, slow on purpose. Call from a thread that may block.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

use super::random;

/// Longest passcode, in bytes; the hash's cost must not depend on what a stranger sends.
pub const MAX_LEN: usize = 256;
/// Shortest passcode that `sidetone line` takes, in characters.
pub const MIN_LEN: usize = 8;

/// Why there is no hash.
#[derive(Debug, Error)]
pub enum PasscodeError {
    #[error("the passcode is too short; it must have at least {MIN_LEN} characters")]
    TooShort,
    #[error("the passcode is too long; it may have at most {MAX_LEN} bytes")]
    TooLong,
    #[error("the passcode could not be hashed: {0}")]
    Hash(argon2::password_hash::Error),
    #[error("the operating system has no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

/// A passcode somebody chose, checked for its length.
///
/// # Errors
/// Too short or too long.
pub fn check_chosen(passcode: &SecretString) -> Result<(), PasscodeError> {
    if passcode.expose_secret().chars().count() < MIN_LEN {
        return Err(PasscodeError::TooShort);
    }
    if passcode.expose_secret().len() > MAX_LEN {
        return Err(PasscodeError::TooLong);
    }
    Ok(())
}

/// Hashes with argon2id and the parameters that OWASP's cheat sheet names first for 19 MiB (the crate's default).
///
/// # Errors
/// The passcode is too long, or the machine has no memory or random numbers for it.
pub fn hash(passcode: &SecretString) -> Result<String, PasscodeError> {
    if passcode.expose_secret().len() > MAX_LEN {
        return Err(PasscodeError::TooLong);
    }
    Argon2::default()
        .hash_password(passcode.expose_secret().as_bytes())
        .map(|hash| hash.to_string())
        .map_err(PasscodeError::Hash)
}

/// Whether the passcode is the hashed one. A hash that cannot be read is nobody's.
pub fn verify(passcode: &SecretString, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    let passcode = passcode.expose_secret().as_bytes();
    // A long text costs no more than a short one, and is wrong anyway.
    let within = &passcode[..passcode.len().min(MAX_LEN)];
    let right = Argon2::default().verify_password(within, &hash).is_ok();
    right && passcode.len() <= MAX_LEN
}

/// A passcode for a person to copy: 12 characters in groups of four, none that look alike; 60 bits.
///
/// # Errors
/// The operating system has no random numbers.
pub fn generate() -> Result<SecretString, getrandom::Error> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes = random::bytes::<12>()?;
    let mut text = String::new();
    for (i, byte) in bytes.iter().enumerate() {
        if i > 0 && i % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(byte & 31)]));
    }
    Ok(SecretString::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_passcode_verifies() {
        let secret = |text: &str| SecretString::from(text.to_owned());
        let hash = hash(&secret("correct horse")).unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify(&secret("correct horse"), &hash));
        assert!(!verify(&secret("correct horsf"), &hash));
        assert!(!verify(&secret(""), &hash));
        assert!(!verify(&secret("correct horse"), "not a hash"));
        assert!(!verify(&secret(&"x".repeat(100_000)), &hash));
    }

    #[test]
    fn generated_passcodes_are_long_enough_and_differ() {
        let (a, b) = (generate().unwrap(), generate().unwrap());
        assert!(check_chosen(&a).is_ok());
        assert_ne!(a.expose_secret(), b.expose_secret());
    }
}
