//! The loop around the exchange.

use std::collections::HashMap;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::callbacks::{Callbacks, Course, Sent, Signed};
use super::media::{Made, MediaDesk};
use super::timers::Timers;
use crate::core::exchange::{Effect, Exchange, Input, PhoneCommand, TimerOwner};
use crate::core::media::MediaEvent;
use crate::core::phones::CallError;
use crate::core::rest::Answer;
use crate::core::signaling::SocketId;
use crate::core::timeline::{Event, FaultKind};
use crate::core::webhook::{Request, Signer};
use crate::rim::link::{Command, Leftovers, Link, ToSocket};
use crate::rim::webhook::{Jars, Sender};

/// What the loop takes up next.
enum Next {
    Command(Command),
    Made(Made),
    Event(MediaEvent),
}

/// Everything that the loop owns.
pub(super) struct Loop {
    exchange: Exchange,
    link: Link,
    desk: MediaDesk,
    sender: Sender,
    signer: Signer,
    timers: Timers,
    jars: Jars,
    callbacks: Callbacks,
    sockets: HashMap<SocketId, mpsc::Sender<ToSocket>>,
    dials: HashMap<u64, oneshot::Sender<Result<String, CallError>>>,
    rests: HashMap<u64, oneshot::Sender<Answer>>,
    /// Names questions whose answers are effects.
    next_question: u64,
    made: mpsc::UnboundedReceiver<Made>,
}

impl Loop {
    pub(super) fn new(
        exchange: Exchange,
        link: Link,
        sender: Sender,
        commands: mpsc::UnboundedSender<Command>,
    ) -> Self {
        let (desk, made) = MediaDesk::new(link.media.clone(), commands);
        Self {
            exchange,
            link,
            desk,
            sender,
            signer: Signer::default(),
            timers: Timers::default(),
            jars: Jars::default(),
            callbacks: Callbacks::default(),
            sockets: HashMap::new(),
            dials: HashMap::new(),
            rests: HashMap::new(),
            next_question: 0,
            made,
        }
    }

    /// Runs until it is told to stop.
    pub(super) async fn run(
        mut self,
        mut commands: mpsc::UnboundedReceiver<Command>,
        mut events: mpsc::UnboundedReceiver<MediaEvent>,
    ) {
        let link = self.link.clone();
        let mut stopped = std::pin::pin!(link.stopped());
        loop {
            let next = async {
                tokio::select! {
                    command = commands.recv() => command.map(Next::Command),
                    Some(made) = self.made.recv() => Some(Next::Made(made)),
                    Some(event) = events.recv() => Some(Next::Event(event)),
                }
            };
            let next = tokio::select! {
                biased;
                () = &mut stopped => None,
                next = next => next,
            };
            let input = match next {
                None => break,
                Some(Next::Command(command)) => {
                    self.command(command);
                    None
                }
                Some(Next::Made(made)) => self.desk.made(made),
                Some(Next::Event(event)) => self.desk.event(event),
            };
            if let Some(input) = input {
                self.input(input);
            }
        }
        self.drop_sockets();
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::Input(input) => {
                if let Input::SocketClosed { socket } = &input {
                    self.sockets.remove(socket);
                    self.timers.end(&TimerOwner::Socket(*socket));
                }
                self.input(input);
            }
            Command::Turn { input, done } => {
                self.input(input);
                // Who has gone meanwhile does not wait.
                let _ = done.send(());
            }
            Command::Socket { socket, host, sender } => {
                self.sockets.insert(socket, sender);
                self.input(Input::SocketOpened { socket, host });
            }
            Command::Dial { number, to, reply } => {
                let request = self.question();
                self.dials.insert(request, reply);
                self.input(Input::Phone(PhoneCommand::Dial { request, number, to }));
            }
            Command::Measure { media, reply } => self.desk.measure(media, reply),
            Command::Handset { media, endpoint } => self.desk.handset(media, endpoint),
            Command::Settle(done) => {
                let _ = done.send(());
            }
            Command::CountLeftovers(reply) => {
                let open = Leftovers {
                    sockets: self.sockets.len(),
                    timers: self.timers.count(),
                    audio: self.desk.count(),
                    cookies: self.jars.count(),
                };
                let _ = reply.send(open);
            }
            Command::Rest { request, reply } => {
                let id = self.question();
                self.rests.insert(id, reply);
                self.input(Input::Rest { id, request });
            }
            Command::ShowAccount(reply) => {
                let _ = reply.send(self.exchange.account().clone());
            }
            Command::StripPort(on) => self.signer.strip_port = on,
            Command::BareMarks(on) => self.signer.bare_marks = on,
            Command::DropSockets => self.drop_sockets(),
        }
    }

    fn question(&mut self) -> u64 {
        self.next_question += 1;
        self.next_question
    }

    fn drop_sockets(&mut self) {
        for (socket, sender) in std::mem::take(&mut self.sockets) {
            let _ = sender.try_send(ToSocket::Drop);
            self.timers.end(&TimerOwner::Socket(socket));
            self.input(Input::SocketClosed { socket });
        }
    }

    fn input(&mut self, input: Input) {
        let effects = self.exchange.handle(Timestamp::now(), input);
        // Who asked is answered when everything is done: a phone that called finds its leg on the board.
        let (mut dialled, mut answered) = (Vec::new(), Vec::new());
        for effect in effects {
            match effect {
                Effect::Dialled { request, result } => dialled.push((request, result)),
                Effect::RestAnswer { id, answer } => answered.push((id, answer)),
                effect => self.effect(effect),
            }
        }
        for (request, result) in dialled {
            if let Some(reply) = self.dials.remove(&request) {
                let _ = reply.send(result);
            }
        }
        for (id, answer) in answered {
            if let Some(reply) = self.rests.remove(&id) {
                let _ = reply.send(answer);
            }
        }
    }

    fn effect(&mut self, effect: Effect) {
        let board = &self.link.board;
        match effect {
            Effect::Send { socket, message } => {
                self.tell(socket, ToSocket::Text(message.to_text()));
            }
            Effect::CloseSocket { socket } => self.tell(socket, ToSocket::Close),
            Effect::Media { key, op } => self.desk.run(key, op),
            Effect::Webhook(request) => self.webhook(request),
            Effect::FetchAudio { id, url } => self.fetch_audio(id, url),
            Effect::After { after, timer } => self.timers.start(after, timer, self.link.clone()),
            Effect::Note { call, parent, event } => {
                log(call.as_deref(), &event);
                self.link.timeline.add(Timestamp::now(), call, parent, event);
            }
            Effect::PhoneLeg { info, number, media, rings } => {
                board.add_phone_leg(info, number, media, rings)
            }
            Effect::PhoneStatus { sid, status } => {
                board.change_phone_leg(&sid, |state| state.status = status)
            }
            Effect::PhoneKey { sid, key } => board.change_phone_leg(&sid, |state| state.keys.push(key)),
            Effect::Registered { identity, count } => board.set_registrations(identity, count),
            Effect::Forgotten { sid } => self.jars.close(&sid),
            Effect::Leg(info) => {
                if info.parent.is_none() && !info.status.is_final() {
                    self.jars.open(&info.sid);
                }
                if info.status.is_final() {
                    self.timers.end(&TimerOwner::Leg(info.sid.clone()));
                }
                board.set_call(info);
            }
            // Taken out before.
            Effect::Dialled { .. } | Effect::RestAnswer { .. } => {}
        }
    }

    /// A socket that takes nothing any more is let go: its task ends with its queue.
    fn tell(&mut self, socket: SocketId, order: ToSocket) {
        let full = |sender: &mpsc::Sender<ToSocket>| {
            matches!(sender.try_send(order), Err(mpsc::error::TrySendError::Full(_)))
        };
        if self.sockets.get(&socket).is_some_and(full) {
            self.sockets.remove(&socket);
        }
    }

    fn fetch_audio(&self, id: u64, url: String) {
        let (sender, link) = (self.sender.clone(), self.link.clone());
        tokio::task::spawn_local(async move {
            let result = sender.fetch(&url).await;
            link.input(Input::Audio { id, result });
        });
    }

    fn webhook(&mut self, request: Request) {
        let call = self.exchange.request_call(request.id).map(str::to_owned);
        for Course { delay, requests } in self.callbacks.courses(&self.link, request, call) {
            let signed: Vec<_> = requests.into_iter().map(|sent| self.signed(sent)).collect();
            let link = self.link.clone();
            // What is sent at once has its place on the timeline before all that follows.
            let announced =
                signed.first().filter(|_| delay.is_zero()).map(|first| first.announce(&link)).is_some();
            tokio::task::spawn_local(async move {
                if !announced {
                    tokio::time::sleep(delay).await;
                }
                for (at, request) in signed.into_iter().enumerate() {
                    if at > 0 || !announced {
                        request.announce(&link);
                    }
                    let id = request.id();
                    let reply = request.send(&link).await;
                    link.input(Input::Reply { id, reply });
                }
            });
        }
    }

    fn signed(&self, (request, call): Sent) -> Signed {
        let signature = self.signer.sign(&self.exchange.account().auth_token, &request);
        let jar = self.jars.of(&request.call);
        Signed { request, call, signature, jar, sender: self.sender.clone() }
    }
}

/// The log names events and calls; numbers, identities and texts are on the timeline only.
fn log(call: Option<&str>, event: &Event) {
    match event {
        Event::Fault { kind: FaultKind::Twilio, code, message } => tracing::warn!(call, code, "{message}"),
        Event::Fault { kind: FaultKind::Lacking, message, .. } => tracing::warn!(call, "lacking: {message}"),
        Event::CallStatus { status } => tracing::info!(call, %status, "call"),
        Event::SignalIn { socket, message, .. } => tracing::debug!(call, socket, %message, "in"),
        Event::SignalOut { socket, message, .. } => tracing::debug!(call, socket, %message, "out"),
        _ => {}
    }
}
