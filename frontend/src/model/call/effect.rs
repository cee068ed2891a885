use shared::PhoneNumber;
use shared::api::CallRating;

use super::{CallEvent, Leg};

/// What the machine wants done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CallEffect {
    /// Dial by the SDK.
    Connect {
        leg: Leg,
        to: PhoneNumber,
        attempt: String,
    },
    /// Answer the incoming call.
    Accept(Leg),
    /// Refuse a call that comes while there is another: busy.
    Reject(Leg),
    /// Refuse the incoming call in the way that the user has chosen: busy, or only silence here.
    Decline(Leg),
    /// Hang up.
    Disconnect(Leg),
    Mute {
        leg: Leg,
        on: bool,
    },
    /// `0-9 * #`, one after the other.
    SendDigits {
        leg: Leg,
        digits: String,
    },
    /// Tell Twilio how good it was.
    SendFeedback {
        leg: Leg,
        rating: CallRating,
    },
    Ask(CallQuestion),
    /// The SDK's object of this leg is not needed any more.
    Release(Leg),
}

/// What the call wants of the server. `call` is its CallSid or its attempt.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CallQuestion {
    /// What became of it? After a pause.
    Outcome { leg: Leg, call: String, after_ms: u32 },
    /// Who and where is the far end?
    FarEnd { leg: Leg, number: PhoneNumber },
    /// Nothing: it is told that this softphone, which had the call, has it no more.
    Left { call: String },
    /// Will you keep this with the record of the call?
    Rate { leg: Leg, call: String, rating: CallRating },
}

impl CallQuestion {
    /// What the call hears when there is no answer; nothing when it does not wait for one.
    pub fn unanswered(&self) -> Option<CallEvent> {
        match *self {
            Self::Outcome { leg, .. } => Some(CallEvent::Outcome { leg, outcome: None }),
            Self::FarEnd { .. } | Self::Left { .. } => None,
            Self::Rate { leg, .. } => Some(CallEvent::RatingKept { leg, kept: false }),
        }
    }
}
