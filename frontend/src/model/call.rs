//! The call state machine: one call at a time, from the first event to the words about its end.

mod attestation;
mod effect;
mod end;
mod ending;
mod event;
mod keys;
mod machine;
mod muted_voice;
mod rating;
mod sequence;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod wish;

pub use attestation::Attestation;
pub use effect::{CallEffect, CallQuestion};
pub use end::EndReason;
pub use event::{CallEvent, LegEvent};
pub use keys::KEY_MS;
pub use machine::CallMachine;
pub use rating::{Keeping, Rating, opinion};
pub use sequence::Sequence;
use serde::{Deserialize, Serialize};
use shared::PhoneNumber;
use shared::api::{CallDirection, FarEnd};
use shared::withheld::is_withheld;
pub use wish::{Outgoing, Wish};

use super::audio::Trouble;
use super::quality::Quality;

/// The SDK's call object that an event or an effect is about. Events of other legs than the current one are late.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Leg(pub u32);

/// What the call is doing.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Phase {
    /// Somebody calls and has not been answered.
    Incoming,
    /// Dialled or answered; nothing heard from the network yet.
    Connecting,
    /// Dialled; the far end rings.
    Ringing,
    /// Both hear each other.
    Open,
    /// Signaling or media was lost and the SDK is trying to get it back.
    Reconnecting,
    Ended,
}

/// Who is at the far end.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum CallSource {
    Number(PhoneNumber),
    /// The caller withheld the number.
    Withheld,
    /// Not a number: what the network sent, shown as text.
    Other(String),
}

impl CallSource {
    /// Reads the `From` that the SDK reports for an incoming call.
    pub fn from_wire(from: &str) -> Self {
        // First: one of the stand-ins looks like a number.
        if is_withheld(from) {
            return Self::Withheld;
        }
        match PhoneNumber::from_e164(from) {
            Ok(number) => Self::Number(number),
            Err(_) => Self::Other(from.strip_prefix("client:").unwrap_or(from).to_owned()),
        }
    }

    /// The number to call again, where there is one.
    pub fn number(&self) -> Option<&PhoneNumber> {
        match self {
            Self::Number(number) => Some(number),
            Self::Withheld | Self::Other(_) => None,
        }
    }

    /// At most two characters that stand for the far end: a number's country, a name's initials. Empty where there are none.
    pub fn sign(&self) -> String {
        match self {
            Self::Number(number) => {
                number.country().map(|country| country.code().to_owned()).unwrap_or_default()
            }
            Self::Withheld => String::new(),
            Self::Other(name) => {
                name.split_whitespace().take(2).filter_map(|word| word.chars().next()).collect()
            }
        }
    }
}

/// The current call, or the one that has just ended. The other tabs of the browser get it as it is ([`super::tabs`]).
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Call {
    pub leg: Leg,
    /// Known once the network has accepted the call.
    pub sid: Option<String>,
    /// What an outgoing call is named by until then.
    pub(crate) attempt: Option<String>,
    pub direction: CallDirection,
    pub peer: CallSource,
    /// What the server knows of the far end, once it has said so.
    pub far_end: Option<Box<FarEnd>>,
    /// What the networks say of an incoming call's number; `None` where they say nothing.
    pub attestation: Option<Attestation>,
    pub phase: Phase,
    /// An incoming call that the user of this browser has answered.
    pub(crate) answered: bool,
    pub muted: bool,
    /// The user speaks, and nobody hears it.
    pub speaks_muted: bool,
    pub quality: Quality,
    /// What is in the way of its microphone, in the tab that has the phone.
    pub microphone: Option<Trouble>,
    /// What the user thinks of it, once it has ended.
    pub rating: Option<Rating>,
    /// Keys pressed during the call, in order.
    pub keys_sent: String,
    /// Keys that were dialled behind the number.
    pub sequence: Sequence,
    /// What waits to be sent is of no interest to another tab.
    #[serde(skip)]
    pub(crate) keys: keys::Keys,
    /// When both ends heard each other first.
    pub opened_at_ms: Option<u64>,
    /// When it ended.
    pub ended_at_ms: Option<u64>,
    /// Why it ended; `None` before the end, and until the server has told.
    pub reason: Option<EndReason>,
    /// When the current phase began.
    pub(crate) phase_since_ms: u64,
    /// The last error that the SDK reported.
    pub(crate) error: Option<u32>,
    /// How often the server was asked for the outcome.
    pub(crate) asked: u32,
}

impl Call {
    /// Seconds of conversation so far, or in all once it has ended.
    pub fn seconds(&self, now_ms: u64) -> u64 {
        let Some(opened) = self.opened_at_ms else { return 0 };
        self.ended_at_ms.unwrap_or(now_ms).saturating_sub(opened) / 1000
    }

    /// Answered by somebody, as far as is known.
    pub fn was_conversation(&self) -> bool {
        let other = |reason: &EndReason| !matches!(reason, EndReason::Completed | EndReason::ConnectionLost);
        self.opened_at_ms.is_some() && !self.reason.as_ref().is_some_and(other)
    }

    /// Not ended.
    pub fn is_live(&self) -> bool {
        self.phase != Phase::Ended
    }
}

/// `mm:ss`, and `h:mm:ss` from an hour on.
pub fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes:02}:{seconds:02}")
    }
}
