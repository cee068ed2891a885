//! What the exchange wants done.

use std::time::Duration;

use crate::core::call::CallInfo;
use crate::core::media::{Hears, Limits, MediaKey, Sound};
use crate::core::phones::{CallError, PhoneCallStatus};
use crate::core::rest;
use crate::core::signaling::{ServerMessage, SocketId};
use crate::core::timeline::Event;
use crate::core::webhook::Request;

/// Something to do.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Tell a browser.
    Send {
        /// Its socket.
        socket: SocketId,
        /// What.
        message: ServerMessage,
    },
    /// Close a socket.
    CloseSocket {
        /// Which.
        socket: SocketId,
    },
    /// Tell the media engine.
    Media {
        /// Whose audio.
        key: MediaKey,
        /// What.
        op: MediaOp,
    },
    /// Ask the application.
    Webhook(Request),
    /// Fetch an audio file; comes back as `Audio`.
    FetchAudio {
        /// Ties the file to the question.
        id: u64,
        /// Absolute.
        url: String,
    },
    /// Come back later.
    After {
        /// How much later.
        after: Duration,
        /// With this.
        timer: Timer,
    },
    /// Put on the timeline.
    Note {
        /// The leg.
        call: Option<String>,
        /// The leg that dialled it.
        parent: Option<String>,
        /// What happened.
        event: Event,
    },
    /// Answer a phone that wanted to call.
    Dialled {
        /// The question.
        request: u64,
        /// The leg, or why there is none.
        result: Result<String, CallError>,
    },
    /// Answer a request to the REST API.
    RestAnswer {
        /// The question.
        id: u64,
        /// The answer.
        answer: rest::Answer,
    },
    /// An external phone has a leg.
    PhoneLeg {
        /// The leg.
        info: CallInfo,
        /// The phone's number.
        number: String,
        /// Its audio.
        media: MediaKey,
        /// Somebody has to answer by hand.
        rings: bool,
    },
    /// A phone's leg changed.
    PhoneStatus {
        /// The leg.
        sid: String,
        /// Where it stands.
        status: PhoneCallStatus,
    },
    /// A phone heard a key.
    PhoneKey {
        /// The leg.
        sid: String,
        /// The key.
        key: char,
    },
    /// The number of registrations changed.
    Registered {
        /// The client name.
        identity: String,
        /// How many there are.
        count: usize,
    },
    /// A leg is new or changed.
    Leg(CallInfo),
    /// A call is over, with every leg that it made.
    Forgotten {
        /// The leg that it began with.
        sid: String,
    },
}

/// Commands for the media engine.
#[derive(Debug, Clone, PartialEq)]
pub enum MediaOp {
    /// Audio for an external phone.
    CreatePhone,
    /// Answer a browser's offer; comes back as `Answer`.
    AcceptOffer(String),
    /// Make an offer; comes back as `Offer`.
    CreateOffer,
    /// Take a browser's answer; comes back as `Accepted`.
    AcceptAnswer(String),
    /// Restart ICE; comes back as `Restarted`.
    RestartIce(String),
    /// What the party hears from now on.
    Hear(Hears<MediaKey>),
    /// What an external phone says from now on.
    Say(Sound),
    /// One end of a line says from now on what the other end hears.
    Relay(MediaKey),
    /// What the party says is written down; comes back as `Recorded`, once, whatever happens.
    Record(Limits),
    /// That is the end of it.
    StopRecording,
    /// The party is gone.
    Close,
}

/// Times that the exchange waits for. Each carries enough to know whether it still matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Timer {
    /// An access token ends.
    TokenEnds {
        /// The socket that presented it.
        socket: SocketId,
        /// The token's end, unix seconds.
        expires: i64,
    },
    /// A socket was told to close itself.
    SocketLingers {
        /// Which.
        socket: SocketId,
    },
    /// A browser's call had no signaling for the whole grace period.
    LostLeg {
        /// The leg.
        sid: String,
        /// The loss that started the timer.
        loss: u32,
    },
    /// `<Dial timeout>`.
    DialTimeout {
        /// The caller's leg.
        sid: String,
        /// The script's step.
        step: u64,
        /// Who is dialled, when they are dialled one after the other.
        round: u32,
    },
    /// A `<Dial>` without `answerOnBridge` answers its caller.
    AnswerCaller {
        /// The caller's leg.
        sid: String,
        /// The script's step.
        step: u64,
    },
    /// `<Dial timeLimit>`.
    TimeLimit {
        /// The caller's leg.
        sid: String,
        /// The script's step.
        step: u64,
    },
    /// `<Pause>` is over.
    PauseEnds {
        /// The leg.
        sid: String,
        /// The script's step.
        step: u64,
    },
    /// `<Gather timeout>`.
    GatherEnds {
        /// The leg.
        sid: String,
        /// The script's step.
        step: u64,
    },
    /// A recording can be heard.
    RecordingReady {
        /// Which.
        recording: String,
    },
    /// A dialled phone reacts: it rings, is busy, or does not exist.
    PhoneReacts {
        /// The phone's leg.
        sid: String,
    },
    /// A robot answers.
    PhoneAnswers {
        /// The phone's leg.
        sid: String,
    },
    /// A robot hangs up.
    PhoneHangsUp {
        /// The phone's leg.
        sid: String,
    },
}

/// What a timer belongs to; it means nothing when that is over.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TimerOwner {
    /// A leg.
    Leg(String),
    /// A signaling socket.
    Socket(SocketId),
    /// A recording, which outlives its leg.
    Recording(String),
}

impl Timer {
    /// What the timer belongs to.
    #[must_use]
    pub fn owner(&self) -> TimerOwner {
        match self {
            Timer::TokenEnds { socket, .. } | Timer::SocketLingers { socket } => TimerOwner::Socket(*socket),
            Timer::RecordingReady { recording } => TimerOwner::Recording(recording.clone()),
            Timer::LostLeg { sid, .. }
            | Timer::DialTimeout { sid, .. }
            | Timer::AnswerCaller { sid, .. }
            | Timer::TimeLimit { sid, .. }
            | Timer::PauseEnds { sid, .. }
            | Timer::GatherEnds { sid, .. }
            | Timer::PhoneReacts { sid }
            | Timer::PhoneAnswers { sid }
            | Timer::PhoneHangsUp { sid } => TimerOwner::Leg(sid.clone()),
        }
    }
}
