use shared::api::CallOutcome;
use shared::{Key, PhoneNumber};

use super::{Attestation, CallSource, Leg};
use crate::model::quality::{Sample, Warning};

/// What happens to the phone's call.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CallEvent {
    /// The user dials. `attempt` names the call until the network has given the CallSid
    /// ([`shared::api::ATTEMPT_PARAM`]).
    Dial {
        leg: Leg,
        to: PhoneNumber,
        attempt: String,
    },
    /// The SDK announces an incoming call.
    Incoming {
        leg: Leg,
        sid: String,
        from: CallSource,
        attestation: Option<Attestation>,
    },
    /// The user answers.
    Answer,
    /// The user refuses the incoming call.
    Decline,
    /// The user hangs up.
    HangUp,
    ToggleMute,
    Press(Key),
    /// The user has read how the call ended.
    Dismiss,
    /// The SDK reports something about a leg.
    Leg {
        leg: Leg,
        event: LegEvent,
    },
    /// The server's answer; `None` when it could not tell.
    Outcome {
        leg: Leg,
        outcome: Option<CallOutcome>,
    },
    /// Time has passed.
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
    /// The SDK muted or unmuted the microphone.
    Muted(bool),
    /// Once a second while there is audio.
    Measured(Sample),
    /// A warning, raised or taken back.
    Warned {
        warning: Warning,
        raised: bool,
    },
}
