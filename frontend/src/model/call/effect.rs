use shared::PhoneNumber;
use shared::api::CallRating;

use super::Leg;

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
    /// Ask the server what became of the call, after a pause. `call` is the CallSid or the attempt.
    AskOutcome {
        leg: Leg,
        call: String,
        after_ms: u32,
    },
    /// Ask the server who and where the far end is.
    AskFarEnd {
        leg: Leg,
        number: PhoneNumber,
    },
    /// Give the rating to the server and to Twilio. `call` is the CallSid or the attempt.
    Rate {
        leg: Leg,
        call: String,
        rating: CallRating,
    },
    /// The SDK's object of this leg is not needed any more.
    Release(Leg),
}
