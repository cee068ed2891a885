//! A number that belongs to somebody of the account without being a Twilio number.

use jiff::Timestamp;

/// A verified caller id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallerId {
    /// `PN…`
    pub sid: String,
    /// E.164.
    pub phone_number: String,
    /// When it was verified.
    pub created: Timestamp,
}
