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
    /// How the user rated it, if at all. Not read back: nothing of ours shows it yet, and an older page must not stumble over
    /// an issue that a newer server knows.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub rating: Option<CallRating>,
}

/// The calls of a line that nobody took, since a moment that the page has from an earlier answer.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct MissedCalls {
    /// The latest first. Empty when no moment was given: a page that asks for the first time has nothing to catch up with.
    pub calls: Vec<MissedCall>,
    /// The moment to ask from the next time, once the user has seen these. Seconds since the Unix epoch.
    pub until: i64,
    /// A call rings that may yet be missed: ask again soon.
    pub ringing: bool,
}

/// A call that nobody took.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct MissedCall {
    /// The CallSid that a softphone knows it by, if it rang at one.
    pub call_sid: String,
    /// Who called: E.164 where it is a number, otherwise what was received.
    pub peer: String,
    /// When. Seconds since the Unix epoch.
    pub at: i64,
    /// It was not put through, for the line had another call.
    pub busy: bool,
}

/// How well the user could talk. POST to `api/calls/{call}/rating`; a later one takes its place.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CallRating {
    /// From 1, no conversation at all, to 5, nothing to complain of (Twilio's scale: the SDK's `Call.FeedbackScore`).
    pub score: CallScore,
    /// What was wrong. Always written: tabs exchange it in a form that counts fields.
    #[serde(default)]
    pub issue: Option<CallIssue>,
}

/// 1 to 5.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct CallScore(u8);

impl CallScore {
    /// No conversation at all.
    pub const WORST: Self = Self(1);
    /// Hard to understand.
    pub const BAD: Self = Self(2);
    /// Nothing to complain of.
    pub const BEST: Self = Self(5);
}

impl TryFrom<u8> for CallScore {
    type Error = &'static str;

    fn try_from(score: u8) -> Result<Self, Self::Error> {
        if (1..=5).contains(&score) { Ok(Self(score)) } else { Err("a score is from 1 to 5") }
    }
}

impl From<CallScore> for u8 {
    fn from(score: CallScore) -> Self {
        score.0
    }
}

/// What was wrong with a call; in JSON Twilio's words (the SDK's `Call.FeedbackIssue`).
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallIssue {
    /// Voices came late.
    AudioLatency,
    /// Gaps, chopped words.
    ChoppyAudio,
    /// The call broke off.
    DroppedCall,
    Echo,
    NoisyCall,
    /// One of the two heard nothing.
    OneWayAudio,
}

impl CallIssue {
    pub const ALL: [Self; 6] = [
        Self::ChoppyAudio,
        Self::OneWayAudio,
        Self::Echo,
        Self::NoisyCall,
        Self::AudioLatency,
        Self::DroppedCall,
    ];

    /// Twilio's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::AudioLatency => "audio-latency",
            Self::ChoppyAudio => "choppy-audio",
            Self::DroppedCall => "dropped-call",
            Self::Echo => "echo",
            Self::NoisyCall => "noisy-call",
            Self::OneWayAudio => "one-way-audio",
        }
    }

    /// Of Twilio's word; `None` for any other.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|issue| issue.word() == word)
    }
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
    /// A number that works on the phones of one country only, such as 988 or 101.
    ShortNumber,
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
