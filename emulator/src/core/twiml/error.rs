/// The document cannot be used: Twilio's error 12100, or 11750 when it is too long.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct ParseError {
    /// What is wrong.
    pub reason: String,
    /// The number under which Twilio lists it.
    pub code: u32,
}

impl ParseError {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), code: 12100 }
    }
}
