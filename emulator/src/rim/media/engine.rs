use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::{mpsc, oneshot};

use super::driver::{Command, Driver, Reply};
use super::faults::Faults;
use super::sockets;
use super::sockets::{Interfaces, Sockets};
use crate::core::media::{
    EndpointId, Hears, Limits, Measurement, MediaError, MediaEvent, Sound, analysis, endpoint,
};

/// The handle of the media thread. Clones speak to the same thread, which ends with
/// [`MediaEngine::shutdown`] or with the last handle.
#[derive(Clone, Debug)]
pub struct MediaEngine {
    commands: mpsc::UnboundedSender<Command>,
    address: SocketAddr,
    next_id: Arc<AtomicU64>,
    faults: Arc<Faults>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl MediaEngine {
    /// Starts the thread with a UDP socket on a free port of `loopback`, and one on each other address of this machine.
    /// What comes from other machines is dropped, and nothing is sent to them.
    ///
    /// # Errors
    /// When `loopback` is none, or the socket, the certificate or the thread cannot be made.
    #[expect(clippy::unused_async, reason = "part of the agreed interface: starting may come to wait")]
    pub async fn start(loopback: IpAddr) -> Result<(Self, mpsc::UnboundedReceiver<MediaEvent>), MediaError> {
        Self::start_among((loopback, 0).into(), sockets::of_this_machine())
    }

    /// The same with one socket, at this address of the loopback interface: for whoever passes on to it what comes from elsewhere.
    ///
    /// # Errors
    /// The port is taken; and as [`MediaEngine::start`].
    pub fn start_at(address: SocketAddr) -> Result<(Self, mpsc::UnboundedReceiver<MediaEvent>), MediaError> {
        Self::start_among(address, sockets::none())
    }

    pub(super) fn start_among(
        loopback: SocketAddr,
        interfaces: Interfaces,
    ) -> Result<(Self, mpsc::UnboundedReceiver<MediaEvent>), MediaError> {
        if !loopback.ip().is_loopback() {
            return Err(MediaError::NotLoopback(loopback.ip()));
        }
        let config = endpoint::config()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let (commands, requests) = mpsc::unbounded_channel();
        let (events, receiver) = mpsc::unbounded_channel();
        let faults = Arc::new(Faults::default());
        let sockets = {
            let _entered = runtime.enter();
            Sockets::open(loopback, interfaces)?
        };
        let address = sockets.loopback();
        let driver = Driver::new(sockets, config, events, Arc::clone(&faults));
        let thread = std::thread::Builder::new()
            .name("media".to_owned())
            .spawn(move || runtime.block_on(driver.run(requests)))?;
        let engine = Self {
            commands,
            address,
            next_id: Arc::new(AtomicU64::new(1)),
            faults,
            thread: Arc::new(Mutex::new(Some(thread))),
        };
        Ok((engine, receiver))
    }

    /// Where browsers can send their audio in any case.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers a browser's offer. Call it when the answer is sent, not while it still rings: the
    /// connection is expected to come up at once.
    ///
    /// # Errors
    /// [`MediaError::BadSdp`] for what cannot become a call, [`MediaError::Stopped`].
    pub async fn accept_offer(&self, sdp: &str) -> Result<(EndpointId, String), MediaError> {
        let id = self.new_id();
        let sdp = sdp.to_owned();
        let answer = self.ask(|reply| Command::AcceptOffer { id, sdp, reply }).await?;
        Ok((id, answer))
    }

    /// Makes an offer to a browser. It may take as long as it likes to answer.
    ///
    /// # Errors
    /// [`MediaError::Stopped`].
    pub async fn create_offer(&self) -> Result<(EndpointId, String), MediaError> {
        let id = self.new_id();
        let offer = self.ask(|reply| Command::CreateOffer { id, reply }).await?;
        Ok((id, offer))
    }

    /// Takes a browser's answer to [`MediaEngine::create_offer`].
    ///
    /// # Errors
    /// [`MediaError::BadSdp`], [`MediaError::NoEndpoint`], [`MediaError::WrongState`] for a second
    /// answer, [`MediaError::Stopped`].
    pub async fn accept_answer(&self, id: EndpointId, sdp: &str) -> Result<(), MediaError> {
        let sdp = sdp.to_owned();
        self.ask(|reply| Command::AcceptAnswer { id, sdp, reply }).await
    }

    /// Answers a later offer of the same browser with new ICE credentials; the audio goes on under the
    /// same DTLS keys.
    ///
    /// # Errors
    /// [`MediaError::BadSdp`], [`MediaError::NoEndpoint`], [`MediaError::Stopped`].
    pub async fn restart_ice(&self, id: EndpointId, offer: &str) -> Result<String, MediaError> {
        let sdp = offer.to_owned();
        self.ask(|reply| Command::RestartIce { id, sdp, reply }).await
    }

    /// A phone that exists only in the emulator. It says and hears silence.
    pub fn create_virtual(&self) -> EndpointId {
        let id = self.new_id();
        self.tell(Command::CreateVirtual(id));
        id
    }

    /// Sets what an endpoint hears. Ignored for an endpoint that is closed.
    pub fn hear(&self, id: EndpointId, hears: Hears<EndpointId>) {
        self.tell(Command::Hear(id, hears));
    }

    /// Sets what a virtual endpoint says. Ignored for browsers, which speak for themselves, and for an
    /// endpoint that is closed.
    pub fn say(&self, id: EndpointId, sound: Sound) {
        self.tell(Command::Say(id, sound));
    }

    /// Lets a virtual endpoint say what another one hears, 20 ms later, until it is to say something else.
    pub fn relay(&self, id: EndpointId, ear: EndpointId) {
        self.tell(Command::Relay(id, ear));
    }

    /// Writes down what an endpoint says, until a limit is reached, it is to stop, or the endpoint is closed:
    /// [`MediaEvent::Recorded`] comes in any case, and once.
    pub fn record(&self, id: EndpointId, limits: Limits) {
        self.tell(Command::Record(id, limits));
    }

    /// Ends a recording.
    pub fn stop_recording(&self, id: EndpointId) {
        self.tell(Command::StopRecording(id));
    }

    /// Removes an endpoint; those who listen to it hear silence. Nothing happens the second time.
    pub fn close(&self, id: EndpointId) {
        self.tell(Command::Close(id));
    }

    /// What an endpoint heard and said in the last 200 ms. `None` when it is closed.
    pub async fn measure(&self, id: EndpointId) -> Option<Measurement> {
        let (reply, answer) = oneshot::channel();
        self.tell(Command::Measure { id, reply });
        let snapshot = answer.await.ok().flatten()?;
        // Here and not on the media thread, which has frames to send.
        Some(Measurement {
            heard: analysis::analyse(&snapshot.heard),
            said: analysis::analyse(&snapshot.said),
            connected: snapshot.connected,
            dtmf_negotiated: snapshot.dtmf_negotiated,
        })
    }

    /// How many endpoints are open. `None` when the thread has ended.
    pub async fn endpoints(&self) -> Option<usize> {
        let (reply, answer) = oneshot::channel();
        self.tell(Command::Count(reply));
        answer.await.ok()
    }

    /// A fault for tests: while it is on, all packets from browsers are lost.
    pub fn set_packet_drop(&self, on: bool) {
        self.faults.deaf.store(on, Ordering::Relaxed);
    }

    /// A fault for tests: this share of the audio to browsers is lost, 100 at most.
    pub fn set_packet_loss(&self, percent: u8) {
        self.faults.loss_percent.store(percent.min(100), Ordering::Relaxed);
    }

    /// Ends the thread and closes the sockets before it returns. Everything asked afterwards is
    /// [`MediaError::Stopped`] or ignored.
    pub fn shutdown(&self) {
        self.tell(Command::Shutdown);
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the media thread panicked");
        }
    }

    fn new_id(&self) -> EndpointId {
        EndpointId::new(self.next_id.fetch_add(1, Ordering::Relaxed))
    }

    /// After a shutdown there is nobody to tell.
    fn tell(&self, command: Command) {
        let _ = self.commands.send(command);
    }

    async fn ask<T>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Result<T, MediaError> {
        let (reply, answer) = oneshot::channel();
        self.tell(command(reply));
        answer.await.unwrap_or(Err(MediaError::Stopped))
    }
}
