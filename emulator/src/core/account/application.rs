//! A TwiML App.

use jiff::Timestamp;

use super::voice::VoiceSettings;

/// A TwiML App: handles the calls of browsers whose token names it, and of numbers that point to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// `AP…`
    pub sid: String,
    /// What people call it, at most 64 characters.
    pub friendly_name: String,
    /// Whom it asks.
    pub voice: VoiceSettings,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
}
