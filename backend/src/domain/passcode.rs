//! Passcodes and one-time codes: argon2id, slow on purpose. Call from a thread that may block. What a passcode must be
//! is in [`shared::passcode`].

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};
use shared::passcode::MAX_LEN;
use thiserror::Error;

/// Why there is no hash.
#[derive(Debug, Error)]
pub enum PasscodeError {
    #[error("the passcode is too long; it may have at most {MAX_LEN} bytes")]
    TooLong,
    #[error("the passcode could not be hashed: {0}")]
    Hash(argon2::password_hash::Error),
    #[error("the operating system has no random numbers: {0}")]
    Random(#[from] getrandom::Error),
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
}
