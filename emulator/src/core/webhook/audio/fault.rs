use crate::core::fault::Fault;

/// Why a file is not played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AudioFault {
    /// Twilio would not play it either.
    Twilio(Fault),
    /// Twilio plays it; this emulator does not.
    Lacking(String),
}

impl AudioFault {
    /// The file could not be had (Twilio's error 11200).
    #[must_use]
    pub fn retrieval(reason: impl std::fmt::Display) -> Self {
        Self::Twilio(Fault { code: 11200, message: format!("HTTP retrieval failure: {reason}") })
    }

    /// The file is nothing that could be played (Twilio's error 13420).
    pub(super) fn content(reason: impl std::fmt::Display) -> Self {
        Self::Twilio(Fault { code: 13420, message: format!("Play: invalid content type: {reason}") })
    }
}
