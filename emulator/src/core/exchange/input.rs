//! What can happen to the exchange.

use std::sync::Arc;

use super::effect::Timer;
use crate::core::account::AccountChange;
use crate::core::media::{MediaKey, Recorded, Sound};
use crate::core::phones::{Attestation, Behaviour};
use crate::core::rest;
use crate::core::signaling::SocketId;
use crate::core::webhook::{AudioFault, Reply};

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Input {
    /// A browser connected.
    SocketOpened {
        /// Its socket.
        socket: SocketId,
        /// The host name that it believes to talk to.
        host: Option<String>,
    },
    /// A browser's socket is gone.
    SocketClosed {
        /// Its socket.
        socket: SocketId,
    },
    /// A text frame.
    Frame {
        /// Its socket.
        socket: SocketId,
        /// All of it.
        text: String,
    },
    /// A frame that is not text.
    BinaryFrame {
        /// Its socket.
        socket: SocketId,
        /// Its size in bytes.
        length: usize,
    },
    /// A time has come.
    Timer(Timer),
    /// The application answered, or did not.
    Reply {
        /// The request's id.
        id: u64,
        /// The answer.
        reply: Reply,
    },
    /// A request is not sent, and nobody waits for its answer.
    Unsent {
        /// The request's id.
        id: u64,
    },
    /// An audio file is there, decoded, or cannot be played.
    Audio {
        /// The question.
        id: u64,
        /// 8 kHz, or why not.
        result: Result<Arc<[i16]>, AudioFault>,
    },
    /// Something about audio.
    Media {
        /// Whose.
        key: MediaKey,
        /// What.
        what: MediaInput,
    },
    /// A script or a person does something with an external phone.
    Phone(PhoneCommand),
    /// The account is changed otherwise than by its REST API.
    Account(AccountChange),
    /// Fault: so many of the next recordings are lost.
    LoseRecordings(u32),
    /// A request to the REST API.
    Rest {
        /// Ties the answer to the question.
        id: u64,
        /// All of it.
        request: rest::Request,
    },
}

/// Answers and events of the media engine. Failures come as text.
#[derive(Debug, Clone, PartialEq)]
pub enum MediaInput {
    /// The answer to a browser's offer.
    Answer(Result<String, String>),
    /// Our offer for an incoming call.
    Offer(Result<String, String>),
    /// The browser's answer was accepted.
    Accepted(Result<(), String>),
    /// The answer to an ICE restart.
    Restarted(Result<String, String>),
    /// Audio can flow.
    Connected,
    /// No network path at the moment.
    Disconnected,
    /// Audio is lost for good.
    Failed(String),
    /// A key came by RTP.
    Key(char),
    /// The sound that was fed is over.
    SoundEnded,
    /// The sound that was said is over.
    SaidEnded,
    /// What was recorded.
    Recorded(Recorded),
}

/// What can be done with an external phone.
#[derive(Debug, Clone)]
pub enum PhoneCommand {
    /// The phone exists from now on, as a manual one unless it is there already.
    Create {
        /// E.164.
        number: String,
    },
    /// What it does when it is called next.
    Behave {
        /// E.164.
        number: String,
        /// From now on.
        behaviour: Behaviour,
    },
    /// What its network says of its number.
    Attest {
        /// E.164.
        number: String,
        /// From now on.
        attestation: Attestation,
    },
    /// It calls.
    Dial {
        /// Ties the answer to the question.
        request: u64,
        /// E.164.
        number: String,
        /// E.164 of a number of the account.
        to: String,
    },
    /// It takes a ringing call.
    Answer {
        /// Its leg.
        sid: String,
    },
    /// It declines a ringing call.
    Reject {
        /// Its leg.
        sid: String,
    },
    /// It ends a call.
    HangUp {
        /// Its leg.
        sid: String,
    },
    /// It says something from now on.
    Say {
        /// Its leg.
        sid: String,
        /// What.
        sound: Sound,
    },
    /// It presses keys.
    Press {
        /// Its leg.
        sid: String,
        /// `0-9 * #`; `w` waits half a second.
        keys: String,
    },
}
