//! The public handle.

use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc;

use super::link::{Command, DisturbCallbacks, FailRest, Leftovers, Link, RestCall, Timeline};
use super::media::MediaEngine;
use super::phones::Phone;
use super::runtime::{Parts, Running, launch};
use crate::core::account::{AccountChange, AccountState, AccountStatus};
use crate::core::call::CallInfo;
use crate::core::config::Config;
use crate::core::exchange::Input;
use crate::core::media::MediaError;

/// A running emulator. Dropping it closes every socket and frees its port.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    tls_address: Option<SocketAddr>,
    running: Running,
}

/// Why the emulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be bound.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        /// Where it wanted to listen.
        address: SocketAddr,
        /// The operating system's answer.
        source: std::io::Error,
    },
    /// Its HTTP library panics when an answer cannot be dated.
    #[error("the machine's clock is before 1970; set it, such as by timedatectl set-ntp true")]
    Clock,
    /// The emulator believes everybody, so only this machine may reach it.
    #[error("{0} is not a loopback address; the emulator must not be reachable from other machines")]
    NotLoopback(SocketAddr),
    /// No audio.
    #[error("cannot start the media engine: {0}")]
    Media(#[from] MediaError),
    /// No randomness for identifiers.
    #[error("the system has no randomness: {0}")]
    Randomness(getrandom::Error),
    /// A thread or the HTTP server.
    #[error("cannot start: {0}")]
    Start(String),
}

/// Waiting was in vain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{identity} is not registered after {waited:?}")]
pub struct WaitError {
    /// The client name.
    pub identity: String,
    /// How long it was waited for.
    pub waited: Duration,
}

impl Emulator {
    /// Starts an emulator in threads of its own.
    ///
    /// # Errors
    /// When the address cannot be bound or is not of this machine, or threads cannot be started.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        if SystemTime::now() < SystemTime::UNIX_EPOCH {
            return Err(StartError::Clock);
        }
        let (listener, address) = listen(config.bind)?;
        let (tls_listener, tls_address) = match &config.tls {
            Some(tls) => {
                let (listener, address) = listen(tls.bind)?;
                (Some(listener), Some(address))
            }
            None => (None, None),
        };
        let seed = getrandom::u64().map_err(StartError::Randomness)?;
        let (media, events) = match config.media_port {
            Some(port) => MediaEngine::start_at((address.ip(), port).into())?,
            None => MediaEngine::start(address.ip()).await?,
        };
        let (sender, commands) = mpsc::unbounded_channel();
        let link = Link::new(sender.clone(), media.clone());
        let parts = Parts { config, listener, tls_listener, link, sender, commands, events, seed };
        match launch(parts).await {
            Ok(running) => Ok(Self { address, tls_address, running }),
            Err(reason) => {
                media.shutdown();
                Err(StartError::Start(reason))
            }
        }
    }

    /// Where HTTP and signaling are served.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same as a URL, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the same is served with TLS, if the configuration has a certificate.
    #[must_use]
    pub fn tls_address(&self) -> Option<SocketAddr> {
        self.tls_address
    }

    /// Configures the TwiML App's Voice URL.
    pub fn set_application_voice_url(&self, url: &str) {
        self.change(AccountChange::ApplicationVoiceUrl(url.to_owned()));
    }

    /// Configures the Voice URL of a number of the account.
    pub fn set_number_voice_url(&self, number: &str, url: &str) {
        self.change(AccountChange::NumberVoiceUrl { number: number.to_owned(), url: url.to_owned() });
    }

    /// Changes the account as its owner can in the console, or as Twilio can.
    pub fn change(&self, change: AccountChange) {
        self.link().input(Input::Account(change));
    }

    /// The account as it is now; `None` when the emulator has stopped.
    pub async fn account(&self) -> Option<AccountState> {
        self.link().account().await
    }

    /// The secondary auth token becomes the primary one: webhooks are signed with it, and the old one is void.
    pub fn promote_secondary_token(&self) {
        self.change(AccountChange::PromoteSecondaryToken);
    }

    /// Fault: the account is stopped.
    pub fn suspend(&self) {
        self.change(AccountChange::Status(AccountStatus::Suspended));
    }

    /// Everything that the REST API was asked, oldest first.
    #[must_use]
    pub fn rest_log(&self) -> Vec<RestCall> {
        self.link().rest.log()
    }

    /// Fault: requests to the REST API fail, or are slow.
    pub fn fail_rest(&self, fault: FailRest) {
        self.link().rest.fail(fault);
    }

    /// Fault: callbacks come late, twice, in another order, or never.
    pub fn disturb_callbacks(&self, order: DisturbCallbacks) {
        self.link().callbacks.disturb(order);
    }

    /// Fault: so many of the next recordings are lost, which Twilio calls `absent`.
    pub fn lose_recordings(&self, count: u32) {
        self.link().input(Input::LoseRecordings(count));
    }

    /// Fault: the `Date` of the REST API is wrong by this many seconds.
    pub fn set_rest_clock_offset(&self, seconds: i64) {
        self.link().rest.set_clock_offset(seconds);
    }

    /// Fault: signatures leave out the port of the URL while this is on.
    pub fn set_strip_port(&self, on: bool) {
        self.link().send(Command::StripPort(on));
    }

    /// Fault: while this is on, URLs of GET requests are signed with `:`, `@` and `'` of their parameters bare, and sent with
    /// them escaped, as Twilio has been seen to do.
    pub fn set_bare_marks(&self, on: bool) {
        self.link().send(Command::BareMarks(on));
    }

    /// An external phone; it is made, to be operated by hand, when it does not exist.
    #[must_use]
    pub fn phone(&self, number: &str) -> Phone {
        Phone::new(number, self.link().clone())
    }

    /// Everything that happened.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        self.link().timeline.clone()
    }

    /// How many browsers of an identity can be called.
    #[must_use]
    pub fn registrations(&self, identity: &str) -> usize {
        self.link().board.registrations(identity)
    }

    /// Waits until a browser of the identity can be called.
    ///
    /// # Errors
    /// When there is none within `timeout`.
    pub async fn wait_registered(&self, identity: &str, timeout: Duration) -> Result<(), WaitError> {
        let board = &self.link().board;
        let look = || (board.registrations(identity) > 0).then_some(());
        board
            .wait(timeout, look)
            .await
            .ok_or_else(|| WaitError { identity: identity.to_owned(), waited: timeout })
    }

    /// Every leg since the start, oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<CallInfo> {
        self.link().board.calls()
    }

    /// What is held at the moment, to see that nothing is left over; `None` when the emulator has stopped.
    pub async fn leftovers(&self) -> Option<Leftovers> {
        self.link().leftovers().await
    }

    /// Fault: every signaling socket breaks without a word.
    pub fn drop_sockets(&self) {
        self.link().send(Command::DropSockets);
    }

    /// Fault: signaling through this edge, such as `dublin`, refuses every new connection while it is down.
    pub fn set_edge_down(&self, edge: &str, down: bool) {
        self.link().edges_down.set(edge, down);
    }

    /// Fault: no audio packet reaches the emulator while this is on.
    pub fn set_packet_drop(&self, on: bool) {
        self.link().media.set_packet_drop(on);
    }

    /// Fault: so many percent of the audio to browsers are lost.
    pub fn set_packet_loss(&self, percent: u8) {
        self.link().media.set_packet_loss(percent);
    }

    /// Stops, and waits until every socket is closed and the port is free.
    pub async fn stop(mut self) {
        if let Some(thread) = self.running.stop() {
            // Joining blocks; the runtime's own threads must not.
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }

    fn link(&self) -> &Link {
        self.running.link()
    }
}

/// A listener on this machine.
fn listen(wanted: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    if !wanted.ip().is_loopback() {
        return Err(StartError::NotLoopback(wanted));
    }
    let bind = |source| StartError::Bind { address: wanted, source };
    let listener = TcpListener::bind(wanted).map_err(bind)?;
    let address = listener.local_addr().map_err(bind)?;
    Ok((listener, address))
}
