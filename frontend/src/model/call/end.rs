use serde::{Deserialize, Serialize};
use shared::api::{CallOutcome, Refusal};

/// Why a call ended.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum EndReason {
    /// Answered, and one side hung up.
    Completed,
    Busy,
    NoAnswer,
    /// The number could not be reached.
    Failed,
    /// The calling side gave up before an answer.
    Canceled,
    /// This side refused the incoming call.
    Declined,
    /// Another device of the line took it.
    AnsweredElsewhere,
    /// The server did not dial.
    Refused(Refusal),
    /// Signaling or media was lost and did not come back.
    ConnectionLost,
    /// It was answered, and no sound ever arrived: a network or a firewall lets none through.
    NoAudio,
    /// The browser gave no microphone: `31401` or `31402`.
    Microphone(u32),
    /// Something else, by the SDK's or Twilio's code.
    Error(u32),
    /// Nobody could tell.
    Unknown,
}

impl EndReason {
    /// For programs: style sheets and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Busy => "busy",
            Self::NoAnswer => "no_answer",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Declined => "declined",
            Self::AnsweredElsewhere => "answered_elsewhere",
            Self::Refused(Refusal::InvalidNumber) => "invalid_number",
            Self::Refused(Refusal::OwnNumber) => "own_number",
            Self::Refused(Refusal::EmergencyNumber) => "emergency_number",
            Self::Refused(Refusal::ShortNumber) => "short_number",
            Self::Refused(Refusal::CountryNotAllowed) => "country_not_allowed",
            Self::Refused(Refusal::PremiumNumber) => "premium_number",
            Self::Refused(Refusal::SatelliteNumber) => "satellite_number",
            Self::Refused(Refusal::TooManyCalls) => "too_many_calls",
            Self::Refused(Refusal::LineMinutesSpent) => "line_minutes_spent",
            Self::Refused(Refusal::ServerMinutesSpent) => "server_minutes_spent",
            Self::Refused(Refusal::UnknownLine) => "refused",
            Self::ConnectionLost => "connection_lost",
            Self::NoAudio => "no_audio",
            Self::Microphone(_) => "microphone",
            Self::Error(_) => "error",
            Self::Unknown => "ended",
        }
    }

    /// The server's word; `None` while the call is not over for it.
    pub(super) fn from_outcome(outcome: &CallOutcome) -> Option<Self> {
        match outcome {
            CallOutcome::Ringing | CallOutcome::InProgress => None,
            CallOutcome::Completed => Some(Self::Completed),
            CallOutcome::Busy => Some(Self::Busy),
            CallOutcome::NoAnswer => Some(Self::NoAnswer),
            CallOutcome::Failed => Some(Self::Failed),
            CallOutcome::Canceled => Some(Self::Canceled),
            CallOutcome::Refused { reason } => Some(Self::Refused(*reason)),
        }
    }

    /// The best guess from the SDK's code alone.
    pub(super) fn from_code(code: u32) -> Self {
        match code {
            31401 | 31402 => Self::Microphone(code),
            31486 => Self::Busy,
            31480 | 31408 => Self::NoAnswer,
            31404 => Self::Failed,
            // Signaling (31000 to 31009, 53000, 53001) and media (53405) connections.
            // 31107, 31209: the call to come back to is gone.
            31000 | 31003 | 31005 | 31009 | 31107 | 31209 | 53000 | 53001 | 53405 => Self::ConnectionLost,
            _ => Self::Error(code),
        }
    }

    /// Whether the server can know nothing better: the cause is on this side.
    pub(super) fn is_local(&self) -> bool {
        matches!(self, Self::Declined | Self::Microphone(_))
    }
}
