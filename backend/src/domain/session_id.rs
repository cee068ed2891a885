use std::fmt;

use aws_lc_rs::digest;

use super::random;

/// What the browser's cookie holds: 256 random bits in hexadecimal. The store has only [`SessionId::digest`], so that
/// a copy of the store signs nobody in.
#[derive(Clone)]
pub struct SessionId(String);

/// SHA-256 of a session id.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SessionDigest(pub [u8; 32]);

impl SessionId {
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
    pub fn digest(&self) -> SessionDigest {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest::digest(&digest::SHA256, self.0.as_bytes()).as_ref());
        SessionDigest(bytes)
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(…)")
    }
}
