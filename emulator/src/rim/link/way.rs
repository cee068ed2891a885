//! The way to the exchange, from any thread.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, mpsc, oneshot};

use super::board::Board;
use super::callback_desk::CallbackDesk;
use super::rest_desk::RestDesk;
use super::timeline::Timeline;
use crate::core::account::AccountState;
use crate::core::exchange::Input;
use crate::core::media::{EndpointId, Measurement, MediaKey};
use crate::core::phones::CallError;
use crate::core::rest;
use crate::core::signaling::SocketId;
use crate::rim::media::MediaEngine;

/// Something for the loop around the exchange.
#[derive(Debug)]
pub enum Command {
    /// Something happened.
    Input(Input),
    /// The same, by somebody who may do it as often as they like: they are told when it has been dealt with, and speak on
    /// then only. So nobody has more than one place in the queue.
    Turn {
        /// What happened.
        input: Input,
        /// Told when it is done.
        done: oneshot::Sender<()>,
    },
    /// A browser connected.
    Socket {
        /// Its name.
        socket: SocketId,
        /// The host name that it believes to talk to.
        host: Option<String>,
        /// Where it is spoken to.
        sender: mpsc::Sender<ToSocket>,
    },
    /// A phone calls.
    Dial {
        /// The phone's number.
        number: String,
        /// The number it calls.
        to: String,
        /// The leg, or why there is none.
        reply: oneshot::Sender<Result<String, CallError>>,
    },
    /// What does a party hear and say?
    Measure {
        /// Its audio.
        media: MediaKey,
        /// Nothing when it is gone.
        reply: oneshot::Sender<Option<Measurement>>,
    },
    /// A handset page is mouth and ear of a phone's leg from now on.
    Handset {
        /// The leg's audio.
        media: MediaKey,
        /// The page's audio; closed with the leg.
        endpoint: EndpointId,
    },
    /// Says when everything before it is done.
    Settle(oneshot::Sender<()>),
    /// What is open at the moment?
    CountLeftovers(oneshot::Sender<Leftovers>),
    /// A request to the REST API.
    Rest {
        /// All of it.
        request: rest::Request,
        /// The answer.
        reply: oneshot::Sender<rest::Answer>,
    },
    /// What does the account look like?
    ShowAccount(oneshot::Sender<AccountState>),
    /// Signatures leave out the port, or not.
    StripPort(bool),
    BareMarks(bool),
    /// All signaling sockets break.
    DropSockets,
}

/// What the emulator holds for the calls and sockets of the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leftovers {
    /// Signaling sockets.
    pub sockets: usize,
    /// Timers that run.
    pub timers: usize,
    /// Mouths and ears of the media engine.
    pub audio: usize,
    /// Calls whose cookies are kept.
    pub cookies: usize,
}

/// What a socket's task is told.
#[derive(Debug)]
pub enum ToSocket {
    /// Send this text frame.
    Text(String),
    /// Close properly.
    Close,
    /// Break.
    Drop,
}

/// The way to the exchange. Clones lead to the same one.
#[derive(Clone)]
pub struct Link {
    commands: mpsc::UnboundedSender<Command>,
    sockets: Arc<AtomicU64>,
    /// What is known outside.
    pub board: Board,
    /// What happened.
    pub timeline: Timeline,
    /// What happens to requests to the REST API.
    pub rest: RestDesk,
    /// What befalls callbacks.
    pub callbacks: CallbackDesk,
    /// The audio.
    pub media: MediaEngine,
    /// Edges that are down.
    pub edges_down: EdgesDown,
    /// Does not wait in the queue of the commands.
    stop: Arc<Notify>,
}

/// The edges whose signaling refuses every connection.
#[derive(Clone, Default)]
pub struct EdgesDown(Arc<Mutex<BTreeSet<String>>>);

impl EdgesDown {
    /// Takes an edge down, or brings it back.
    pub fn set(&self, edge: &str, down: bool) {
        let mut edges = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if down {
            edges.insert(edge.to_owned());
        } else {
            edges.remove(edge);
        }
    }

    /// Whether the edge is down.
    #[must_use]
    pub fn contains(&self, edge: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(edge)
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").finish_non_exhaustive()
    }
}

impl Link {
    /// A way that ends at `commands`.
    #[must_use]
    pub fn new(commands: mpsc::UnboundedSender<Command>, media: MediaEngine) -> Self {
        Self {
            commands,
            sockets: Arc::default(),
            board: Board::default(),
            timeline: Timeline::default(),
            rest: RestDesk::default(),
            callbacks: CallbackDesk::default(),
            media,
            edges_down: EdgesDown::default(),
            stop: Arc::default(),
        }
    }

    /// Sends a command. Nothing happens when the emulator is gone.
    pub fn send(&self, command: Command) {
        let _ = self.commands.send(command);
    }

    /// Tells the exchange.
    pub fn input(&self, input: Input) {
        self.send(Command::Input(input));
    }

    /// Tells the exchange, for somebody outside who may speak without end. The receiver hears when it is done.
    pub fn turn(&self, input: Input) -> oneshot::Receiver<()> {
        let (done, wait) = oneshot::channel();
        self.send(Command::Turn { input, done });
        wait
    }

    /// Ends the loop around the exchange, whatever waits.
    pub fn stop(&self) {
        self.stop.notify_one();
    }

    pub(crate) async fn stopped(&self) {
        self.stop.notified().await;
    }

    /// A name for a new socket.
    #[must_use]
    pub fn next_socket(&self) -> SocketId {
        self.sockets.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// What is open at the moment; `None` when the emulator is gone.
    pub async fn leftovers(&self) -> Option<Leftovers> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::CountLeftovers(reply));
        let mut open = answer.await.ok()?;
        open.audio = open.audio.max(self.media.endpoints().await?);
        Some(open)
    }

    /// Asks the REST API; `None` when the emulator is gone.
    pub async fn rest(&self, request: rest::Request) -> Option<rest::Answer> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Rest { request, reply });
        answer.await.ok()
    }

    /// The account as it is now; `None` when the emulator is gone.
    pub async fn account(&self) -> Option<AccountState> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::ShowAccount(reply));
        answer.await.ok()
    }

    /// Waits until everything sent before is done.
    pub async fn settle(&self) {
        let (done, wait) = oneshot::channel();
        self.send(Command::Settle(done));
        let _ = wait.await;
    }
}
