use shared::api::{CallOutcome, FarEnd};

use super::{Attestation, Call, CallSource, Leg, Outgoing, Wish};
use crate::model::audio::Trouble;
use crate::model::quality::{Sample, Warning};

/// What happens to the phone's call, in the tab that has the phone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CallEvent {
    /// The user dials.
    Dial { leg: Leg, call: Outgoing },
    /// What a user wants of the call that is there.
    Wish(Wish),
    /// The SDK announces an incoming call.
    Incoming { leg: Leg, sid: String, from: CallSource, attestation: Option<Attestation> },
    /// The SDK reports something about a leg.
    Leg { leg: Leg, event: LegEvent },
    /// The server's answer; `None` when it could not tell.
    Outcome { leg: Leg, outcome: Option<CallOutcome> },
    /// The call of a tab that has gone, with the leg that it has from now on. If it was live, it ended with the tab.
    Inherit { leg: Leg, call: Box<Call> },
    /// What the server knows of the far end.
    FarEnd { leg: Leg, far_end: FarEnd },
    /// The server has kept a rating, or not.
    RatingKept { leg: Leg, kept: bool },
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
