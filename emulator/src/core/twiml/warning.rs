//! What a document gets that it did not ask for.

/// Something in a document that does not happen as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Twilio's number for it; `None`: Twilio would do it, this emulator does not.
    pub code: Option<u32>,
    /// What, where, and what happens instead.
    pub message: String,
}

impl Warning {
    /// Twilio's "schema validation warning": there is no such element or attribute.
    pub(super) fn schema(message: String) -> Self {
        Self { code: Some(12200), message }
    }

    /// Twilio knows it and this emulator does not do it.
    pub(super) fn lacking(message: String) -> Self {
        Self { code: None, message }
    }
}
