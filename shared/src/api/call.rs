use serde::{Deserialize, Serialize};

use super::outcome;

/// Parameter of an outgoing call (`device.connect({ params })`, a parameter of the request for TwiML) that names the
/// attempt: `AT` and 32 hexadecimal digits, chosen by the softphone. A call that ends before it rings never tells the
/// SDK its CallSid; `GET api/calls/{attempt}` answers for it all the same.
pub const ATTEMPT_PARAM: &str = "Attempt";

/// One call of a line, as the call log has it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct CallRecord {
    /// The CallSid or the attempt asked for.
    pub call_sid: String,
    pub direction: CallDirection,
    /// The far end: E.164 where it is a number, otherwise what was dialled or received.
    pub peer: String,
    pub outcome: CallOutcome,
    /// Seconds since the Unix epoch.
    pub started_at: i64,
    /// Seconds of conversation; 0 until the call has ended.
    pub duration_s: u32,
}

/// Seen from the softphone.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallDirection {
    Incoming,
    Outgoing,
}

/// What became of a call, or what it is doing. From Twilio's `DialCallStatus`, or our own refusal.
///
/// In JSON `{"status": "busy"}`, and `{"status": "refused", "reason": "own_number"}`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "outcome::Wire", into = "outcome::Wire")]
pub enum CallOutcome {
    /// Not answered yet.
    Ringing,
    InProgress,
    /// Answered and ended.
    Completed,
    Busy,
    NoAnswer,
    /// The number could not be reached: not in service, unroutable.
    Failed,
    /// The caller gave up.
    Canceled,
    /// The server did not dial.
    Refused {
        reason: Refusal,
    },
}

/// Why the server did not dial.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// `To` is no phone number that can be dialled.
    InvalidNumber,
    /// `To` is the line's own number.
    OwnNumber,
    /// Emergency numbers need the caller's location, which a browser cannot give.
    EmergencyNumber,
    /// The number is in a country that the server does not dial.
    CountryNotAllowed,
    /// Calling the number costs more than a call: premium rate, shared cost.
    PremiumNumber,
    /// Satellite and other numbers of no country, which cost far more than a call.
    SatelliteNumber,
    /// The line has as many calls as it may have at once.
    TooManyCalls,
    /// The line has used its minutes of the day.
    LineMinutesSpent,
    /// The server has used its minutes of the day.
    ServerMinutesSpent,
    /// The softphone that dialled is no line of this server (any more).
    UnknownLine,
}
