//! One leg: the connection of one party with the exchange.

use std::time::Duration;

use jiff::Timestamp;

use super::script::Script;
use super::status::{CallInfo, CallStatus, Direction};
use crate::core::fault::Fault;
use crate::core::media::{MediaKey, Sound};
use crate::core::phones::{Attestation, Behaviour};
use crate::core::signaling::SocketId;
use crate::core::twiml::{Callback, Whisper};

/// One leg.
#[derive(Debug)]
pub struct Leg {
    /// CallSid.
    pub sid: String,
    /// The leg that dialled this one.
    pub parent: Option<String>,
    /// Caller: E.164 or `client:name`.
    pub from: String,
    /// Callee; of a browser's call, what its connect parameters say.
    pub to: String,
    /// `Called`: as `to`, but empty for a browser's call.
    pub called: String,
    /// Who made it.
    pub direction: Direction,
    /// Where it stands.
    pub status: CallStatus,
    /// The party at the other end of the line.
    pub party: Party,
    /// What the party hears and says goes by this key, once it has audio.
    pub media: Option<MediaKey>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The TwiML App of a browser's call.
    pub application_sid: Option<String>,
    /// Connect parameters, decoded.
    pub custom: Vec<(String, String)>,
    /// The document that runs on it: of an inbound leg, and of a dialled one between its answer and the conversation.
    pub script: Option<Script>,
    /// What a dialled leg goes through when it has answered, before it is connected.
    pub prelude: Option<Prelude>,
    /// Why the caller calls (`callReason`); the callee's screen shows it.
    pub reason: Option<String>,
    /// Where progress is reported, with the base for a relative URL resolved.
    pub callback: Option<Callback>,
    /// Progress reports so far.
    pub reports: u32,
    /// Why the call could not be made.
    pub fault: Option<Fault>,
}

/// `sendDigits` and `url` of a noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prelude {
    /// Keys that the callee hears first.
    pub digits: Option<String>,
    /// The document that runs then; its URL is absolute.
    pub whisper: Option<Whisper>,
}

/// Who is at the other end.
#[derive(Debug)]
pub enum Party {
    /// A browser.
    Client(ClientParty),
    /// An external phone.
    Phone(PhoneParty),
    /// Another leg of this exchange: a number of the account was dialled.
    Line(LineParty),
}

/// The end of a leg that leads back into this exchange. Both legs of a line have one: the dialled leg, and the inbound
/// one that runs the number's Voice URL.
#[derive(Debug)]
pub struct LineParty {
    /// CallSid of the leg at the other end.
    pub other: String,
    /// How many lines there are between this leg and the call that was first.
    pub hops: u32,
}

/// A browser's end.
#[derive(Debug, Default)]
pub struct ClientParty {
    /// The client name; `None` of a caller whose token has none.
    pub identity: Option<String>,
    /// The SDK's temporary id of a call that it made.
    pub temporary_id: Option<String>,
    /// The browser has been told the CallSid of the call that it made.
    pub told_sid: bool,
    /// The socket that has the call. `None`: it is lost, or still rings.
    pub socket: Option<SocketId>,
    /// The sockets where it rings.
    pub rings: Vec<Ring>,
    /// What `<Parameter>` hands to the browser.
    pub parameters: Vec<(String, String)>,
    /// Tokens by which the call can be taken up again.
    pub reconnect: Vec<String>,
    /// The offer of a call that the browser made.
    pub web_rtc: WebRtc,
    /// How long the call outlives a lost socket.
    pub grace: Duration,
    /// Counts losses of the socket, so that an old timer knows that it is old.
    pub losses: u32,
}

/// How far the audio of a browser's own call is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum WebRtc {
    /// No offer of the browser is waiting.
    #[default]
    None,
    /// The offer waits until there is something to hear: its DTLS timer must not run while the callee rings.
    Offered(String),
    /// The media engine prepares the answer; `ringing` says whether early media was asked for, `answer` whether the
    /// call was answered meanwhile.
    Accepting {
        /// Say `ringing` with the answer.
        ringing: bool,
        /// Say `answer` with the answer.
        answer: bool,
    },
    /// The browser has the SDP.
    Live,
}

/// A socket where an incoming call rings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// The socket.
    pub socket: SocketId,
    /// The audio that was prepared for it.
    pub media: MediaKey,
    /// The invite was sent.
    pub invited: bool,
    /// The browser has answered and the media engine looks at its SDP.
    pub answering: bool,
}

/// An external phone's end.
#[derive(Debug)]
pub struct PhoneParty {
    /// E.164.
    pub number: String,
    /// What it does.
    pub behaviour: Behaviour,
    /// What its network says of its number.
    pub attestation: Attestation,
    /// What it says when it presses no key.
    pub mouth: Sound,
    /// It presses keys at the moment and says `mouth` again afterwards.
    pub pressing: bool,
    /// Keys that it heard.
    pub keys: String,
}

impl Leg {
    /// A leg of which no more is known yet: an inbound one begins as ringing, a dialled one as initiated.
    #[must_use]
    pub fn new(sid: String, direction: Direction, party: Party, from: String, to: String) -> Self {
        let status = match direction {
            Direction::Inbound => CallStatus::Ringing,
            Direction::OutboundDial => CallStatus::Initiated,
        };
        Self {
            sid,
            parent: None,
            from,
            called: to.clone(),
            to,
            direction,
            status,
            party,
            media: None,
            created_at: Timestamp::UNIX_EPOCH,
            answered_at: None,
            ended_at: None,
            application_sid: None,
            custom: Vec::new(),
            script: None,
            prelude: None,
            reason: None,
            callback: None,
            reports: 0,
            fault: None,
        }
    }

    /// Whether a browser is at the other end.
    #[must_use]
    pub fn is_client(&self) -> bool {
        matches!(self.party, Party::Client(_))
    }

    /// The browser's end.
    #[must_use]
    pub fn client(&self) -> Option<&ClientParty> {
        match &self.party {
            Party::Client(client) => Some(client),
            Party::Phone(_) | Party::Line(_) => None,
        }
    }

    /// The browser's end.
    pub fn client_mut(&mut self) -> Option<&mut ClientParty> {
        match &mut self.party {
            Party::Client(client) => Some(client),
            Party::Phone(_) | Party::Line(_) => None,
        }
    }

    /// The phone's end.
    #[must_use]
    pub fn phone(&self) -> Option<&PhoneParty> {
        match &self.party {
            Party::Phone(phone) => Some(phone),
            Party::Client(_) | Party::Line(_) => None,
        }
    }

    /// The phone's end.
    pub fn phone_mut(&mut self) -> Option<&mut PhoneParty> {
        match &mut self.party {
            Party::Phone(phone) => Some(phone),
            Party::Client(_) | Party::Line(_) => None,
        }
    }

    /// The end that leads back into this exchange.
    #[must_use]
    pub fn line(&self) -> Option<&LineParty> {
        match &self.party {
            Party::Line(line) => Some(line),
            Party::Client(_) | Party::Phone(_) => None,
        }
    }

    /// Whether it has not ended.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !self.status.is_final()
    }

    /// Whether it is answered and has not ended.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.status == CallStatus::InProgress
    }

    /// Length of the conversation in whole seconds.
    #[must_use]
    pub fn seconds(&self, now: Timestamp) -> u64 {
        let Some(answered) = self.answered_at else { return 0 };
        let end = self.ended_at.unwrap_or(now);
        u64::try_from(end.as_second() - answered.as_second()).unwrap_or(0)
    }

    /// The leg as others may see it.
    #[must_use]
    pub fn info(&self) -> CallInfo {
        CallInfo {
            sid: self.sid.clone(),
            parent: self.parent.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            direction: self.direction,
            status: self.status,
        }
    }
}
