/// What a line signs in with, besides OpenID Connect.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Credential {
    /// PHC string of the passcode (argon2id).
    Passcode { hash: String },
    /// PHC string of a code that is good once, until `expires_at` (seconds since the Unix epoch): with it the user
    /// chooses the passcode.
    OneTimeCode { hash: String, expires_at: i64 },
    /// Nothing: the line signs in by OpenID Connect only.
    Nothing,
}

impl Credential {
    /// What a secret is checked against, if there is something.
    pub fn hash(&self) -> Option<&str> {
        match self {
            Self::Passcode { hash } | Self::OneTimeCode { hash, .. } => Some(hash),
            Self::Nothing => None,
        }
    }
}
