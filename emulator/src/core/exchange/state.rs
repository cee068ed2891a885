//! The exchange's memory and the distribution of inputs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use jiff::Timestamp;

use super::effect::{Effect, MediaOp, Timer};
use super::input::Input;
use super::take::Take;
use crate::core::account::AccountState;
use crate::core::call::{Leg, Past};
use crate::core::config::{Config, Timing};
use crate::core::ids::Ids;
use crate::core::media::{Hears, MediaKey};
use crate::core::method::Method;
use crate::core::phones::{Attestation, Behaviour};
use crate::core::recordings::Recordings;
use crate::core::signaling::{Registry, ServerMessage, Session, SocketId, redact};
use crate::core::timeline::{Event, FaultKind};
use crate::core::webhook::Params;

/// Twilio's error for calls of a suspended or closed account.
pub(super) const NOT_ACTIVE: u32 = 10001;

/// What a request to the application was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A document for a leg, asked at this step of its script.
    Document { sid: String, step: u64, url: String },
    /// An audio file for a leg, asked at this step of its script.
    Audio { sid: String, step: u64, times: u32 },
    /// Nobody reads the answer.
    Report { sid: String },
}

impl Purpose {
    /// The leg.
    pub(super) fn sid(&self) -> &str {
        match self {
            Purpose::Document { sid, .. } | Purpose::Audio { sid, .. } | Purpose::Report { sid } => sid,
        }
    }
}

/// A request that is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) purpose: Purpose,
    pub(super) url: String,
    pub(super) method: Method,
    pub(super) params: Params,
    /// How often it was redirected.
    pub(super) redirects: u32,
}

/// The telephone exchange.
#[derive(Debug)]
pub struct Exchange {
    pub(super) account: AccountState,
    pub(super) timing: Timing,
    pub(super) ids: Ids,
    pub(super) now: Timestamp,
    pub(super) sockets: BTreeMap<SocketId, Session>,
    /// Sockets whose token ended while a call goes on: they are refused when the call is over.
    pub(super) ending: BTreeSet<SocketId>,
    pub(super) registry: Registry,
    pub(super) legs: BTreeMap<String, Leg>,
    /// Calls that are over, for the REST API.
    pub(super) past: Past,
    /// Whose audio a key is.
    pub(super) media: BTreeMap<MediaKey, String>,
    /// Audio that can flow.
    pub(super) connected: BTreeSet<MediaKey>,
    pub(super) requests: BTreeMap<u64, Asked>,
    /// How often a call was carried from number to number of the account, by the leg that was first.
    pub(super) lines: BTreeMap<String, u32>,
    pub(super) recordings: Recordings,
    /// Recordings that go on or are waited for, by the audio that they are of.
    pub(super) takes: BTreeMap<MediaKey, Take>,
    /// Recordings that were made and are not ready to be heard.
    pub(super) made: BTreeMap<String, Take>,
    /// So many recordings are lost from now on.
    pub(super) lost_recordings: u32,
    pub(super) phones: BTreeMap<String, Behaviour>,
    /// Of phones that have another one than [`Attestation::usual`].
    pub(super) attestations: BTreeMap<String, Attestation>,
    /// Legs whose documents can go on. A queue and no recursion: a document may hold thousands of verbs.
    pub(super) ready: VecDeque<String>,
    effects: Vec<Effect>,
}

impl Exchange {
    /// An exchange with nobody connected. Identifiers depend on `seed`.
    #[must_use]
    pub fn new(config: &Config, seed: u64) -> Self {
        let phones =
            config.phones.iter().map(|seed| (seed.phone_number.clone(), seed.behaviour.clone())).collect();
        Self {
            account: AccountState::new(&config.account),
            timing: config.timing.clone(),
            ids: Ids::new(seed),
            now: Timestamp::UNIX_EPOCH,
            sockets: BTreeMap::new(),
            ending: BTreeSet::new(),
            registry: Registry::default(),
            legs: BTreeMap::new(),
            past: Past::default(),
            media: BTreeMap::new(),
            connected: BTreeSet::new(),
            requests: BTreeMap::new(),
            lines: BTreeMap::new(),
            recordings: Recordings::default(),
            takes: BTreeMap::new(),
            made: BTreeMap::new(),
            lost_recordings: 0,
            phones,
            attestations: BTreeMap::new(),
            ready: VecDeque::new(),
            effects: Vec::new(),
        }
    }

    /// Takes note of what happened at `now` and says what is to be done, in order.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Effect> {
        self.now = now;
        match input {
            Input::SocketOpened { socket, host } => self.socket_opened(socket, host.as_deref()),
            Input::SocketClosed { socket } => self.socket_closed(socket),
            Input::Frame { socket, text } => self.frame(socket, &text),
            Input::BinaryFrame { socket, length } => self.binary_frame(socket, length),
            Input::Timer(timer) => self.timer(timer),
            Input::Reply { id, reply } => self.reply(id, &reply),
            Input::Unsent { id } => {
                self.requests.remove(&id);
            }
            Input::Audio { id, result } => self.audio_file(id, result),
            Input::Media { key, what } => self.media_event(key, what),
            Input::Phone(command) => self.phone_command(command),
            Input::Account(change) => self.account.change(change),
            Input::LoseRecordings(count) => self.lost_recordings = count,
            Input::Rest { id, request } => self.rest(id, &request),
        }
        while let Some(sid) = self.ready.pop_front() {
            self.step(&sid);
        }
        self.forget_ended();
        std::mem::take(&mut self.effects)
    }

    /// The account as it is now.
    #[must_use]
    pub fn account(&self) -> &AccountState {
        &self.account
    }

    fn timer(&mut self, timer: Timer) {
        match timer {
            Timer::TokenEnds { socket, expires } => self.token_ends(socket, expires),
            Timer::SocketLingers { socket } => self.effect(Effect::CloseSocket { socket }),
            Timer::LostLeg { sid, loss } => self.lost_leg(&sid, loss),
            Timer::DialTimeout { sid, step, round } => self.dial_timeout(&sid, step, round),
            Timer::AnswerCaller { sid, step } => self.answer_caller(&sid, step),
            Timer::TimeLimit { sid, step } => self.time_limit(&sid, step),
            Timer::PauseEnds { sid, step } => self.pause_ends(&sid, step),
            Timer::GatherEnds { sid, step } => self.gather_ends(&sid, step),
            Timer::RecordingReady { recording } => self.recording_ready(&recording),
            Timer::PhoneReacts { sid } => self.phone_reacts(&sid),
            Timer::PhoneAnswers { sid } => self.phone_answers(&sid),
            Timer::PhoneHangsUp { sid } => self.phone_hangs_up(&sid),
        }
    }

    /// Forgets calls whose every leg has ended.
    fn forget_ended(&mut self) {
        let live: BTreeSet<String> = self
            .legs
            .values()
            .filter(|leg| leg.is_live())
            .map(|leg| self.root_of(&leg.sid).to_owned())
            .collect();
        let over = self.legs.iter().filter(|(sid, leg)| leg.parent.is_none() && !live.contains(*sid));
        let over: Vec<String> = over.map(|(sid, _)| sid.clone()).collect();
        let gone: Vec<String> =
            self.legs.keys().filter(|sid| !live.contains(self.root_of(sid))).cloned().collect();
        for sid in gone {
            if let Some(leg) = self.legs.remove(&sid) {
                self.past.add(leg);
            }
        }
        for sid in over {
            self.effect(Effect::Forgotten { sid });
        }
        self.lines.retain(|first, _| live.contains(first));
    }

    /// The leg that a leg's call began with.
    pub(super) fn root_of<'a>(&'a self, sid: &'a str) -> &'a str {
        let mut root = sid;
        while let Some(parent) = self.legs.get(root).and_then(|leg| leg.parent.as_deref()) {
            root = parent;
        }
        root
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(super) fn after(&mut self, after: Duration, timer: Timer) {
        self.effect(Effect::After { after, timer });
    }

    pub(super) fn note(&mut self, sid: Option<&str>, event: Event) {
        let parent = sid.and_then(|sid| self.legs.get(sid)).and_then(|leg| leg.parent.clone());
        self.effect(Effect::Note { call: sid.map(str::to_owned), parent, event });
    }

    pub(super) fn fault(&mut self, sid: Option<&str>, code: u32, message: impl Into<String>) {
        self.note(sid, Event::Fault { kind: FaultKind::Twilio, code, message: message.into() });
    }

    /// Twilio would do what was asked for; this emulator cannot.
    pub(super) fn lacking(&mut self, sid: Option<&str>, message: impl Into<String>) {
        self.note(sid, Event::Fault { kind: FaultKind::Lacking, code: 0, message: message.into() });
    }

    /// Tells a browser, and the timeline.
    pub(super) fn send(&mut self, socket: SocketId, message: ServerMessage) {
        let Some(session) = self.sockets.get(&socket) else { return };
        let event = Event::SignalOut {
            socket,
            identity: session.identity().map(str::to_owned),
            message: message.kind.to_owned(),
            payload: redact(&message.payload),
        };
        let sid = message.callsid().map(str::to_owned);
        self.note(sid.as_deref(), event);
        self.effect(Effect::Send { socket, message });
    }

    pub(super) fn media_op(&mut self, key: MediaKey, op: MediaOp) {
        self.effect(Effect::Media { key, op });
    }

    /// A new key for the audio of a leg.
    pub(super) fn new_media(&mut self, sid: &str) -> MediaKey {
        let key = self.ids.number();
        self.media.insert(key, sid.to_owned());
        key
    }

    pub(super) fn close_media(&mut self, key: MediaKey) {
        self.media.remove(&key);
        self.connected.remove(&key);
        self.media_op(key, MediaOp::Close);
    }

    /// What a leg hears, if it has audio.
    pub(super) fn hear(&mut self, sid: &str, hears: Hears<MediaKey>) {
        if let Some(key) = self.legs.get(sid).and_then(|leg| leg.media) {
            self.media_op(key, MediaOp::Hear(hears));
        }
    }

    /// What the party says comes back to it.
    pub(super) fn hear_itself(&mut self, sid: &str) {
        if let Some(key) = self.legs.get(sid).and_then(|leg| leg.media) {
            self.media_op(key, MediaOp::Hear(Hears::party(key)));
        }
    }

    /// Tells the outside that a leg is new or changed.
    pub(super) fn publish(&mut self, sid: &str) {
        if let Some(leg) = self.legs.get(sid) {
            let info = leg.info();
            self.effect(Effect::Leg(info));
        }
    }
}
