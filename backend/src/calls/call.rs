//! What the call log keeps, and how reports about one call add up.
//!
//! Twilio promises no order of its callbacks and may repeat them. A report therefore never overwrites: of two
//! outcomes the stronger one stays ([`strength`]), the earliest start and the longest duration count. Any order and any
//! number of repetitions end in the same record.

use shared::{
    PhoneNumber,
    api::{CallDirection, CallOutcome, Refusal},
};

use crate::lines::Line;

/// Whose call it is, in the words of the request that told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum LineRef {
    /// `client:<name>`
    Client(String),
    Number(PhoneNumber),
}

impl LineRef {
    /// The client name or the phone number, whichever it is.
    pub fn client_and_number(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Self::Client(client) => (Some(client), None),
            Self::Number(number) => (None, Some(number.as_str())),
        }
    }
}

/// One report about one call of one line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallReport {
    /// CallSid of the leg whose TwiML we answer.
    pub parent_sid: String,
    /// CallSid of the leg that `<Dial>` made, once known.
    pub child_sid: Option<String>,
    /// How the softphone names an outgoing call until it knows the CallSid ([`shared::api::ATTEMPT_PARAM`]).
    pub attempt: Option<String>,
    pub line: LineRef,
    pub direction: CallDirection,
    /// E.164 where it is a number, otherwise what was dialled or received.
    pub peer: String,
    pub outcome: CallOutcome,
    /// Seconds since the Unix epoch.
    pub at: i64,
    /// Seconds of conversation.
    pub duration_s: u32,
}

impl CallReport {
    /// The first report about a call of the line: it rings, as far as anybody knows.
    pub fn ringing(call_sid: &str, line: &Line, direction: CallDirection, peer: &str, at: i64) -> Self {
        Self {
            parent_sid: call_sid.to_owned(),
            child_sid: None,
            attempt: None,
            line: LineRef::Number(line.phone_number.clone()),
            direction,
            peer: peer.to_owned(),
            outcome: CallOutcome::Ringing,
            at,
            duration_s: 0,
        }
    }
}

/// Which of two outcomes of one call stays: the greater. Equal outcomes have equal strength, different ones differ,
/// except for the reason of a refusal (a call is refused once).
///
/// An answered call was completed whatever else is said; a caller who gave up (`canceled` on the child leg, sometimes
/// `no-answer` on the Dial action) is told apart from a far end that did not answer.
pub fn strength(outcome: &CallOutcome) -> i64 {
    match outcome {
        CallOutcome::Ringing => 0,
        CallOutcome::InProgress => 1,
        CallOutcome::Failed => 2,
        CallOutcome::NoAnswer => 3,
        CallOutcome::Busy => 4,
        CallOutcome::Canceled => 5,
        CallOutcome::Completed => 6,
        CallOutcome::Refused { .. } => 7,
    }
}

/// Whether an outcome ends a call.
pub fn is_over(outcome: &CallOutcome) -> bool {
    !matches!(outcome, CallOutcome::Ringing | CallOutcome::InProgress)
}

/// Whether an incoming call that ends so may be one that nobody took.
pub fn may_be_missed(outcome: &CallOutcome) -> bool {
    matches!(outcome, CallOutcome::Busy | CallOutcome::Canceled | CallOutcome::Failed | CallOutcome::NoAnswer)
}

/// Twilio's word for a call's state; `None` for a word that says nothing new (`queued`) or that is not known.
///
/// Source: Twilio's pages on `<Dial>` (DialCallStatus) and on status callbacks (CallStatus).
pub fn outcome_of(twilio: &str) -> Option<CallOutcome> {
    Some(match twilio {
        "initiated" | "ringing" => CallOutcome::Ringing,
        "in-progress" | "answered" => CallOutcome::InProgress,
        "completed" => CallOutcome::Completed,
        "busy" => CallOutcome::Busy,
        "no-answer" => CallOutcome::NoAnswer,
        "failed" => CallOutcome::Failed,
        "canceled" => CallOutcome::Canceled,
        _ => return None,
    })
}

/// The word that the store keeps for an outcome.
pub fn to_word(outcome: &CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Ringing => "ringing",
        CallOutcome::InProgress => "in_progress",
        CallOutcome::Completed => "completed",
        CallOutcome::Busy => "busy",
        CallOutcome::NoAnswer => "no_answer",
        CallOutcome::Failed => "failed",
        CallOutcome::Canceled => "canceled",
        CallOutcome::Refused { reason } => match reason {
            Refusal::InvalidNumber => "refused:invalid_number",
            Refusal::OwnNumber => "refused:own_number",
            Refusal::EmergencyNumber => "refused:emergency_number",
            Refusal::ShortNumber => "refused:short_number",
            Refusal::CountryNotAllowed => "refused:country_not_allowed",
            Refusal::PremiumNumber => "refused:premium_number",
            Refusal::SatelliteNumber => "refused:satellite_number",
            Refusal::TooManyCalls => "refused:too_many_calls",
            Refusal::LineMinutesSpent => "refused:line_minutes_spent",
            Refusal::ServerMinutesSpent => "refused:server_minutes_spent",
            Refusal::UnknownLine => "refused:unknown_line",
        },
    }
}

/// The outcome of a stored word; `None` for a word that this version does not know.
pub fn from_word(word: &str) -> Option<CallOutcome> {
    Some(match word {
        "ringing" => CallOutcome::Ringing,
        "in_progress" => CallOutcome::InProgress,
        "completed" => CallOutcome::Completed,
        "busy" => CallOutcome::Busy,
        "no_answer" => CallOutcome::NoAnswer,
        "failed" => CallOutcome::Failed,
        "canceled" => CallOutcome::Canceled,
        "refused:invalid_number" => CallOutcome::Refused { reason: Refusal::InvalidNumber },
        "refused:own_number" => CallOutcome::Refused { reason: Refusal::OwnNumber },
        "refused:emergency_number" => CallOutcome::Refused { reason: Refusal::EmergencyNumber },
        "refused:short_number" => CallOutcome::Refused { reason: Refusal::ShortNumber },
        "refused:country_not_allowed" => CallOutcome::Refused { reason: Refusal::CountryNotAllowed },
        "refused:premium_number" => CallOutcome::Refused { reason: Refusal::PremiumNumber },
        "refused:satellite_number" => CallOutcome::Refused { reason: Refusal::SatelliteNumber },
        "refused:too_many_calls" => CallOutcome::Refused { reason: Refusal::TooManyCalls },
        "refused:line_minutes_spent" => CallOutcome::Refused { reason: Refusal::LineMinutesSpent },
        "refused:server_minutes_spent" => CallOutcome::Refused { reason: Refusal::ServerMinutesSpent },
        "refused:unknown_line" => CallOutcome::Refused { reason: Refusal::UnknownLine },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip_and_strengths_differ() {
        let mut all = vec![
            CallOutcome::Ringing,
            CallOutcome::InProgress,
            CallOutcome::Completed,
            CallOutcome::Busy,
            CallOutcome::NoAnswer,
            CallOutcome::Failed,
            CallOutcome::Canceled,
        ];
        let mut strengths: Vec<_> = all.iter().map(strength).collect();
        strengths.sort_unstable();
        strengths.dedup();
        assert_eq!(strengths.len(), all.len());
        for reason in [
            Refusal::InvalidNumber,
            Refusal::OwnNumber,
            Refusal::EmergencyNumber,
            Refusal::ShortNumber,
            Refusal::CountryNotAllowed,
            Refusal::PremiumNumber,
            Refusal::SatelliteNumber,
            Refusal::TooManyCalls,
            Refusal::LineMinutesSpent,
            Refusal::ServerMinutesSpent,
            Refusal::UnknownLine,
        ] {
            all.push(CallOutcome::Refused { reason });
        }
        for outcome in all {
            assert_eq!(from_word(to_word(&outcome)), Some(outcome));
        }
        assert_eq!(outcome_of("queued"), None);
    }
}
