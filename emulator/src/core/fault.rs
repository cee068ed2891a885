//! What went wrong, by Twilio's number.

/// A failure with its number in Twilio's catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Twilio's error or warning number.
    pub code: u32,
    /// What is wrong and what would be right.
    pub message: String,
}
