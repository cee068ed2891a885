//! An API key.

use jiff::Timestamp;
use serde::Deserialize;

/// What a key may do (<https://www.twilio.com/docs/iam/api-keys>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// Everything but the account itself and its keys.
    #[default]
    Standard,
    /// Everything.
    Main,
}

/// An API key: signs access tokens and speaks to the REST API.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// `SK…`
    pub sid: String,
    /// Told once, when the key is made.
    pub secret: String,
    /// What people call it, at most 64 characters.
    pub friendly_name: String,
    /// What it may do.
    pub kind: KeyKind,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
}

/// The secret never reaches a log by way of `{:?}`.
impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("sid", &self.sid).field("kind", &self.kind).finish_non_exhaustive()
    }
}
