use std::fmt;

use aws_lc_rs::digest;

use crate::random;

/// What one of our cookies holds: 256 random bits in hexadecimal. The store has only [`BrowserSecret::digest`], so that
/// a copy of the store signs nobody in.
#[derive(Clone)]
pub struct BrowserSecret(String);

/// SHA-256 of such a secret.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SecretDigest(pub [u8; 32]);

impl BrowserSecret {
    /// A fresh one.
    ///
    /// # Errors
    /// The operating system has no random numbers.
    pub fn generate() -> Result<Self, getrandom::Error> {
        Ok(Self(random::hex(&random::bytes::<32>()?)))
    }

    /// From a cookie; `None` when it cannot be one of ours.
    pub fn from_cookie(value: &str) -> Option<Self> {
        let ours =
            value.len() == 64 && value.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        ours.then(|| Self(value.to_owned()))
    }

    /// For the cookie only.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// For the store.
    pub fn digest(&self) -> SecretDigest {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest::digest(&digest::SHA256, self.0.as_bytes()).as_ref());
        SecretDigest(bytes)
    }
}

impl SecretDigest {
    /// Lowercase hexadecimal, shortened to 64 bits: a name for counters.
    pub fn short(&self) -> String {
        random::hex(&self.0[..8])
    }
}

impl fmt::Debug for BrowserSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserSecret(…)")
    }
}
