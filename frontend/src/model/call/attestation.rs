use serde::{Deserialize, Serialize};

/// What the networks that an incoming call came through say of its number (STIR/SHAKEN, RFC 8224 and ATIS-1000074).
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Attestation {
    /// The caller's own network knows the caller, and that the number is theirs: full attestation, A.
    Verified,
    /// What was signed on the way does not hold: the number may be forged.
    Failed,
}

impl Attestation {
    /// Reads `StirStatus`, as the SDK hands it on. Attestation B and C say who brought the call, not whose the number is,
    /// and most calls are not signed at all: neither is a reason to trust or to distrust. Only the exact words for A count,
    /// as in the SDK's own `callerInfo.isVerified` (its `lib/twilio/call.ts`): a call that was diverted has been through
    /// other hands.
    pub fn from_stir_status(status: &str) -> Option<Self> {
        match status {
            "TN-Validation-Passed-A" => Some(Self::Verified),
            _ if status.starts_with("TN-Validation-Failed") => Some(Self::Failed),
            _ => None,
        }
    }
}
