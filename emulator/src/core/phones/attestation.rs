use serde::Deserialize;

/// What the network of a phone says of its number when it calls (STIR/SHAKEN).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attestation {
    /// It knows the caller and that the number is theirs.
    A,
    /// It knows the caller, but not the number.
    B,
    /// It only knows where the call came in.
    C,
    /// What was signed does not hold.
    Failed,
    /// Nothing is signed.
    None,
}

impl Attestation {
    /// What a phone has unless it is told: calls are signed in North America, and hardly anywhere else.
    pub(crate) fn usual(number: &str) -> Self {
        if number.starts_with("+1") { Self::A } else { Self::None }
    }

    /// Twilio's word, in the webhook's `StirVerstat` and the client's `StirStatus`; `None` for a call that is not signed.
    pub(crate) fn verstat(self) -> Option<&'static str> {
        match self {
            Self::A => Some("TN-Validation-Passed-A"),
            Self::B => Some("TN-Validation-Passed-B"),
            Self::C => Some("TN-Validation-Passed-C"),
            Self::Failed => Some("TN-Validation-Failed"),
            Self::None => None,
        }
    }
}
