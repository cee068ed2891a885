//! The media thread: all sockets, all connections, a tick every 20 ms.

use std::collections::{BTreeSet, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use str0m::change::SdpOffer;
use str0m::net::{Protocol, Receive};
use str0m::{Input, RtcConfig};
use tokio::sync::{mpsc, oneshot};

use super::faults::Faults;
use super::sockets::{Arrived, Sockets};
use crate::core::media::endpoint::{Endpoint, KeyPacket, Outcome};
use crate::core::media::graph::Graph;
use crate::core::media::{EndpointId, Hears, Limits, MediaError, MediaEvent, Recorded, Sound, g711, sdp};

const TICK: Duration = Duration::from_millis(20);
/// When the machine stood still for longer, the frames in between are left out.
const MOST_TICKS: u32 = 10;
/// So that commands and ticks get their turn under a flood of packets.
const MOST_PACKETS: usize = 256;
/// How often the machine's addresses are read while there are calls: a second.
const TICKS_TO_REFRESH: u64 = 50;
/// A connection that wants to be called at once still lets the others run.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);

pub(super) type Reply<T> = oneshot::Sender<Result<T, MediaError>>;

/// A request to the media thread.
pub(super) enum Command {
    AcceptOffer { id: EndpointId, sdp: String, reply: Reply<String> },
    CreateOffer { id: EndpointId, reply: Reply<String> },
    AcceptAnswer { id: EndpointId, sdp: String, reply: Reply<()> },
    RestartIce { id: EndpointId, sdp: String, reply: Reply<String> },
    CreateVirtual(EndpointId),
    Hear(EndpointId, Hears<EndpointId>),
    Say(EndpointId, Sound),
    Relay(EndpointId, EndpointId),
    Record(EndpointId, Limits),
    StopRecording(EndpointId),
    Close(EndpointId),
    Count(oneshot::Sender<usize>),
    Measure { id: EndpointId, reply: oneshot::Sender<Option<Snapshot>> },
    Shutdown,
}

/// What a measurement is made from.
pub(super) struct Snapshot {
    pub(super) heard: Vec<i16>,
    pub(super) said: Vec<i16>,
    pub(super) connected: bool,
    pub(super) dtmf_negotiated: bool,
}

pub(super) struct Driver {
    sockets: Sockets,
    config: RtcConfig,
    events: mpsc::UnboundedSender<MediaEvent>,
    faults: Arc<Faults>,
    graph: Graph,
    browsers: HashMap<EndpointId, Browser>,
    by_address: HashMap<SocketAddr, EndpointId>,
    deadlines: BTreeSet<(Instant, EndpointId)>,
    tick: u64,
}

struct Browser {
    endpoint: Endpoint,
    deadline: Option<Instant>,
}

impl Driver {
    pub(super) fn new(
        sockets: Sockets,
        config: RtcConfig,
        events: mpsc::UnboundedSender<MediaEvent>,
        faults: Arc<Faults>,
    ) -> Self {
        Self {
            sockets,
            config,
            events,
            faults,
            graph: Graph::default(),
            browsers: HashMap::new(),
            by_address: HashMap::new(),
            deadlines: BTreeSet::new(),
            tick: 0,
        }
    }

    /// Runs until it is told to stop or nobody can tell it anything any more.
    pub(super) async fn run(mut self, mut commands: mpsc::UnboundedReceiver<Command>) {
        let mut next_tick = Instant::now() + TICK;
        loop {
            let wake = self.deadlines.first().map_or(next_tick, |(deadline, _)| next_tick.min(*deadline));
            tokio::select! {
                command = commands.recv() => match command {
                    None | Some(Command::Shutdown) => return,
                    Some(command) => self.command(command),
                },
                () = self.sockets.readable() => self.receive(),
                () = tokio::time::sleep_until(wake.into()) => {}
            }
            let now = Instant::now();
            self.advance(now);
            let late = now.saturating_duration_since(next_tick);
            if late > TICK * MOST_TICKS {
                let skipped = late.as_millis() / TICK.as_millis();
                tracing::debug!(%skipped, "media ticks left out");
                self.tick += skipped as u64;
                next_tick = now;
            }
            while next_tick <= now {
                self.tick(now);
                next_tick += TICK;
            }
        }
    }

    fn command(&mut self, command: Command) {
        // A reply that nobody waits for any more is no fault.
        match command {
            Command::AcceptOffer { id, sdp, reply } => {
                let answered = self.create(id, |endpoint| endpoint.answer(sdp::parse_offer(&sdp)?));
                let _ = reply.send(answered);
            }
            Command::CreateOffer { id, reply } => {
                let _ = reply.send(self.create(id, Endpoint::offer));
            }
            Command::AcceptAnswer { id, sdp, reply } => {
                let done = sdp::parse_answer(&sdp)
                    .and_then(|answer| self.with(id, |endpoint| endpoint.accept_answer(answer)));
                let _ = reply.send(done);
            }
            Command::RestartIce { id, sdp, reply } => {
                let _ = reply.send(sdp::parse_offer(&sdp).and_then(|offer| self.restart(id, offer)));
            }
            Command::CreateVirtual(id) => self.graph.add_virtual(id),
            Command::Hear(id, hears) => self.graph.hear(id, hears),
            Command::Relay(id, ear) => self.graph.relay(id, ear),
            Command::Say(id, sound) => {
                if !self.graph.say(id, sound) {
                    tracing::debug!(%id, "no such virtual endpoint to say something");
                }
            }
            Command::Record(id, limits) => {
                // Whoever is gone already has said nothing.
                if !self.graph.record(id, limits) {
                    self.recorded(id, Some(Recorded::nothing()));
                }
            }
            Command::StopRecording(id) => {
                let recorded = self.graph.stop_recording(id);
                self.recorded(id, recorded);
            }
            Command::Close(id) => {
                let recorded = self.graph.remove(id);
                self.recorded(id, recorded);
                self.forget(id);
            }
            Command::Count(reply) => {
                let _ = reply.send(self.graph.len().max(self.browsers.len()));
            }
            Command::Measure { id, reply } => {
                let _ = reply.send(self.snapshot(id));
            }
            // Ends the loop that called this.
            Command::Shutdown => {}
        }
    }

    fn create<T>(
        &mut self,
        id: EndpointId,
        negotiate: impl FnOnce(&mut Endpoint) -> Result<T, MediaError>,
    ) -> Result<T, MediaError> {
        self.sockets.refresh();
        let mut endpoint = Endpoint::new(id, &self.config, &self.sockets.addresses(), Instant::now())?;
        let negotiated = negotiate(&mut endpoint)?;
        self.browsers.insert(id, Browser { endpoint, deadline: None });
        self.graph.add_browser(id);
        self.settle(id, |_, _| ());
        Ok(negotiated)
    }

    /// A browser restarts ICE because its network is another one, and so may be this machine's addresses.
    fn restart(&mut self, id: EndpointId, offer: SdpOffer) -> Result<String, MediaError> {
        self.sockets.refresh();
        let addresses = self.sockets.addresses();
        self.with(id, |endpoint| {
            endpoint.reachable_at(&addresses)?;
            endpoint.answer(offer)
        })
    }

    fn with<T>(
        &mut self,
        id: EndpointId,
        act: impl FnOnce(&mut Endpoint) -> Result<T, MediaError>,
    ) -> Result<T, MediaError> {
        self.settle(id, |endpoint, _| act(endpoint)).unwrap_or(Err(MediaError::NoEndpoint(id)))
    }

    fn snapshot(&self, id: EndpointId) -> Option<Snapshot> {
        let (heard, said) = self.graph.samples(id)?;
        let endpoint = self.browsers.get(&id).map(|browser| &browser.endpoint);
        Some(Snapshot {
            heard,
            said,
            connected: endpoint.is_none_or(Endpoint::is_connected),
            dtmf_negotiated: endpoint.is_some_and(Endpoint::has_keys),
        })
    }

    /// Does something to a connection, then takes out all that came of it.
    fn settle<T>(
        &mut self,
        id: EndpointId,
        act: impl FnOnce(&mut Endpoint, &mut Vec<Outcome>) -> T,
    ) -> Option<T> {
        let browser = self.browsers.get_mut(&id)?;
        let mut outcomes = Vec::new();
        let result = act(&mut browser.endpoint, &mut outcomes);
        let deadline = browser.endpoint.drain(&mut outcomes).map(|at| at.max(Instant::now() + SHORTEST_WAIT));
        if browser.deadline != deadline {
            if let Some(old) = browser.deadline {
                self.deadlines.remove(&(old, id));
            }
            self.deadlines.extend(deadline.map(|at| (at, id)));
            browser.deadline = deadline;
        }
        for outcome in outcomes {
            self.outcome(id, outcome);
        }
        Some(result)
    }

    fn outcome(&mut self, id: EndpointId, outcome: Outcome) {
        match outcome {
            Outcome::Transmit(transmit) => {
                if self.faults.loses(&transmit.contents) {
                    return;
                }
                let (from, to) = (transmit.source, transmit.destination);
                if let Err(error) = self.sockets.send(from, to, &transmit.contents) {
                    tracing::debug!(%id, %error, %to, "packet not sent");
                }
            }
            Outcome::Event(event) => self.emit(event),
            Outcome::Audio { source, sequence, payload } => {
                self.graph.packet(id, source, sequence, payload.iter().map(|&code| g711::decode(code)));
            }
            Outcome::Key(packet) => self.forward_key(id, &packet),
        }
    }

    fn forward_key(&mut self, from: EndpointId, packet: &KeyPacket) {
        let now = Instant::now();
        let listeners: Vec<EndpointId> = self.graph.listeners(from).filter(|id| *id != from).collect();
        for listener in listeners {
            self.settle(listener, |endpoint, out| endpoint.forward_key(now, packet.clone(), out));
        }
    }

    fn recorded(&self, id: EndpointId, recorded: Option<Recorded>) {
        if let Some(recorded) = recorded {
            self.emit(MediaEvent::Recorded(id, recorded));
        }
    }

    fn emit(&self, event: MediaEvent) {
        tracing::debug!(?event, "media");
        // Whoever started the engine may have stopped to listen.
        let _ = self.events.send(event);
    }

    fn receive(&mut self) {
        let mut buffer = [0; 2000];
        for _ in 0..MOST_PACKETS {
            let Some(received) = self.sockets.receive(&mut buffer) else { return };
            let deaf = self.faults.deaf.load(Ordering::Relaxed);
            if let Some(arrived) = received.filter(|_| !deaf) {
                self.packet(&arrived, buffer.get(..arrived.length).unwrap_or_default());
            }
        }
    }

    fn packet(&mut self, arrived: &Arrived, bytes: &[u8]) {
        let (now, source) = (Instant::now(), arrived.source);
        let parse = || Receive::new(Protocol::Udp, source, arrived.destination, bytes).ok();
        let Some(receive) = parse() else { return };
        let input = Input::Receive(now, receive);
        let accepts = |id: &EndpointId| self.browsers.get(id).is_some_and(|b| b.endpoint.accepts(&input));
        let cached = self.by_address.get(&source).copied().filter(accepts);
        // An address becomes another's when a browser moves: an ICE restart, or a port used again.
        let Some(id) = cached.or_else(|| self.browsers.keys().copied().find(accepts)) else { return };
        let Input::Receive(now, receive) = input else { return };
        self.by_address.insert(source, id);
        self.settle(id, |endpoint, out| endpoint.receive(now, receive, out));
    }

    fn advance(&mut self, now: Instant) {
        while let Some(&(deadline, id)) = self.deadlines.first() {
            if deadline > now {
                return;
            }
            self.settle(id, |endpoint, out| endpoint.advance(now, out));
        }
    }

    fn tick(&mut self, now: Instant) {
        let ticked = self.graph.tick();
        self.tick += 1;
        let tick = self.tick;
        if tick.is_multiple_of(TICKS_TO_REFRESH) && !self.browsers.is_empty() {
            self.sockets.refresh();
        }
        for event in ticked.events {
            self.emit(event);
        }
        for (id, frame) in ticked.to_browsers {
            self.settle(id, |endpoint, out| endpoint.send(now, tick, &frame, out));
        }
    }

    fn forget(&mut self, id: EndpointId) {
        if let Some(deadline) = self.browsers.remove(&id).and_then(|browser| browser.deadline) {
            self.deadlines.remove(&(deadline, id));
        }
        self.by_address.retain(|_, of| *of != id);
    }
}
