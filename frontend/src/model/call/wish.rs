use serde::{Deserialize, Serialize};
use shared::api::CallRating;
use shared::{Key, PhoneNumber};

/// What a user wants of the call that is there, in whatever tab of the browser: this is what tabs tell each other
/// ([`crate::model::tabs`]).
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Wish {
    /// To answer the incoming call.
    Answer,
    /// To refuse it.
    Decline,
    HangUp,
    ToggleMute,
    Press(Key),
    /// The sequence goes on without the pause that it is in.
    SkipPause,
    /// The rest of the sequence is not sent.
    StopSequence,
    /// To rate the call that has ended.
    Rate(CallRating),
    /// To have read how the call ended.
    Dismiss,
}

/// A call that the user wants to make. It never goes to another tab: the phone comes to this one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outgoing {
    pub to: PhoneNumber,
    /// Names the call until the network has given the CallSid ([`shared::api::ATTEMPT_PARAM`]).
    pub attempt: String,
    /// Keys to send once the call is open ([`super::Sequence`]).
    pub then: String,
}
