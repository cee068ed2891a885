use serde::{Deserialize, Serialize};
use shared::api::{CallOutcome, CallRating, FarEnd};
use shared::{Key, PhoneNumber};

use super::{Attestation, Call, CallSource, Leg};
use crate::model::audio::Trouble;
use crate::model::quality::{Sample, Warning};

/// What happens to the phone's call: first what the user wishes, in whatever tab of the browser
/// ([`crate::model::tabs`]), then what only the tab that has the phone can know. The order matters: serde counts the
/// variants that it skips when it writes, and not when it reads.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum CallEvent {
    /// The user dials. `attempt` names the call until the network has given the CallSid
    /// ([`shared::api::ATTEMPT_PARAM`]).
    Dial {
        leg: Leg,
        to: PhoneNumber,
        attempt: String,
        /// Keys to send once the call is open ([`super::Sequence`]).
        then: String,
    },
    /// The user answers.
    Answer,
    /// The user refuses the incoming call.
    Decline,
    /// The user hangs up.
    HangUp,
    ToggleMute,
    Press(Key),
    /// The sequence goes on without the pause that it is in.
    SkipPause,
    /// The rest of the sequence is not sent.
    StopSequence,
    /// The user rates the call that has ended.
    Rate(CallRating),
    /// The user has read how the call ended.
    Dismiss,

    /// The SDK announces an incoming call.
    #[serde(skip)]
    Incoming {
        leg: Leg,
        sid: String,
        from: CallSource,
        attestation: Option<Attestation>,
    },
    /// The SDK reports something about a leg.
    #[serde(skip)]
    Leg {
        leg: Leg,
        event: LegEvent,
    },
    /// The server's answer; `None` when it could not tell.
    #[serde(skip)]
    Outcome {
        leg: Leg,
        outcome: Option<CallOutcome>,
    },
    /// The call of a tab that has gone, with the leg that it has from now on. If it was live, it ended with the tab.
    #[serde(skip)]
    Inherit {
        leg: Leg,
        call: Box<Call>,
    },
    /// What the server knows of the far end.
    #[serde(skip)]
    FarEnd {
        leg: Leg,
        far_end: FarEnd,
    },
    /// The server has kept a rating, or not.
    #[serde(skip)]
    RatingKept {
        leg: Leg,
        kept: bool,
    },
    /// Time has passed.
    #[serde(skip)]
    Tick,
}

/// The SDK's events of a call (its `lib/twilio/call.ts`).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum LegEvent {
    /// The far end rings.
    Ringing {
        sid: Option<String>,
    },
    /// Answered, by either side.
    Accepted {
        sid: Option<String>,
    },
    /// The caller gave up, or the network stopped ringing.
    Canceled,
    /// Over, whoever ended it. The SDK says nothing about the reason.
    Disconnected,
    /// An error; `closed` when the SDK's call is over with it.
    Error {
        code: u32,
        closed: bool,
    },
    /// The signaling socket was lost; `closed` when the SDK gave up the call with it.
    TransportClosed {
        closed: bool,
    },
    Reconnecting,
    Reconnected,
    /// What is in the way of the microphone, or is no more.
    Microphone(Option<Trouble>),
    /// The SDK muted or unmuted the microphone.
    Muted(bool),
    /// The peak that the page itself hears of the muted microphone, 0 to 128, about four times a second.
    HeardWhileMuted(u8),
    /// Once a second while there is audio.
    Measured(Sample),
    /// A warning, raised or taken back.
    Warned {
        warning: Warning,
        raised: bool,
    },
}
