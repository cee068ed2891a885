//! From settings to a server.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use actix_server::ServerBuilder;
use actix_web::{
    dev::{Server, ServerHandle},
    web::Data,
};

use super::{app::app, listener::listen, operations, start_error::StartError, state::AppState};
use crate::{
    clock,
    config::{PublicUrl, Settings},
    store::{self, Store},
};

/// Most connections of one worker; more wait until one is closed. Beyond what a host's limit of open files usually is, so
/// that it is the limit that counts.
const MOST_CONNECTIONS: usize = 10_000;

/// Left to what came to a socket that lives on before the server ended: to say what it wants.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Sockets that listen already. Whoever opened them keeps them open: what comes while no server runs waits for the next one.
#[derive(Default)]
pub struct Sockets {
    /// For browsers and Twilio, in the place of `bind`.
    pub front: Option<TcpListener>,
    /// For figures and health, in the place of `operations_bind`.
    pub operations: Option<TcpListener>,
}

/// A bound server that answers as soon as it runs.
pub struct Application {
    address: SocketAddr,
    workers: usize,
    /// The socket is another's, and stays when this server ends.
    lives_on: bool,
    public_url: PublicUrl,
    server: Server,
    /// The operations listener.
    operations: Option<(SocketAddr, Server)>,
    state: Data<AppState>,
}

/// Stops a server that runs.
#[derive(Clone)]
pub struct Stopper {
    handle: ServerHandle,
    lives_on: bool,
    state: Data<AppState>,
}

impl Stopper {
    /// It goes on, and says that it is not ready any more; tells for how long it shall, before it is stopped.
    pub fn drain(&self) -> Duration {
        self.state.stopping.store(true, Ordering::Relaxed);
        self.state.settings.network.drain
    }

    /// Returns when it has stopped: with all requests under way finished, or at once.
    pub fn stop(&self, finish: bool) -> impl Future<Output = ()> + use<> {
        // They would go on for ever.
        self.state.events.end();
        let handle = self.handle.clone();
        // An order to stop also cuts off who is connected and has not said anything yet. Where somebody else will answer them,
        // no more are let in, and those are heard first.
        let stopping = if finish && self.lives_on { Err(handle.pause()) } else { Ok(handle.stop(finish)) };
        async move {
            match stopping {
                Ok(stopped) => stopped.await,
                Err(paused) => {
                    paused.await;
                    tokio::time::sleep(LAST_WORDS).await;
                    handle.stop(true).await;
                }
            }
        }
    }
}

impl Application {
    /// Opens the store of the settings and binds. Call on the runtime that will run it.
    ///
    /// # Errors
    /// The port is taken, the store cannot be opened, the clock is wrong.
    pub async fn build(settings: Settings) -> Result<Self, StartError> {
        Self::build_on(settings, Sockets::default()).await
    }

    /// Like [`Application::build`], on sockets that were opened before, where there are any.
    ///
    /// # Errors
    /// See [`Application::build`].
    pub async fn build_on(settings: Settings, sockets: Sockets) -> Result<Self, StartError> {
        let store = store::open(&settings.database).await?;
        Self::with(settings, store, sockets).await
    }

    /// Like [`Application::build`], with a store that is open already.
    ///
    /// # Errors
    /// The port is taken, the store does not answer.
    pub async fn with_store(settings: Settings, store: Arc<dyn Store>) -> Result<Self, StartError> {
        Self::with(settings, store, Sockets::default()).await
    }

    async fn with(settings: Settings, store: Arc<dyn Store>, sockets: Sockets) -> Result<Self, StartError> {
        clock::check()?;
        let lives_on = sockets.front.is_some();
        let listener = sockets.front.map_or_else(|| bound(settings.bind), Ok)?;
        let operations_bind = settings.network.operations_bind;
        let operations_listener =
            sockets.operations.map(Ok).or_else(|| operations_bind.map(bound)).transpose()?;
        let limits = settings.network.time_limits;
        let address = listener.local_addr()?;
        let public_url = settings.public_url.with_port(address.port());
        let state = AppState::new(settings, public_url.clone(), store)?;
        state.directory.refresh_or_say().await;
        let state = Data::new(state);
        let app_state = state.clone();
        let workers = std::thread::available_parallelism().map_or(2, |n| n.get().min(4));
        let builder = ServerBuilder::new()
            .workers(workers)
            .max_concurrent_connections(MOST_CONNECTIONS)
            .shutdown_timeout(5);
        let server =
            listen(builder, listener, limits, public_url.is_https(), move || app(app_state.clone()))?;
        let operations = match operations_listener {
            Some(listener) => Some((listener.local_addr()?, operations::listen(listener, state.clone())?)),
            None => None,
        };
        Ok(Self { address, workers, lives_on, public_url, server, operations, state })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many threads answer; connections go to them in turn.
    pub fn workers(&self) -> usize {
        self.workers
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Where it tells about itself, if it does.
    pub fn operations_address(&self) -> Option<SocketAddr> {
        self.operations.as_ref().map(|(address, _)| *address)
    }

    /// How it is reached, with the port that was bound where the settings said 0.
    pub fn public_url(&self) -> &PublicUrl {
        &self.public_url
    }

    /// Stops it.
    pub fn stopper(&self) -> Stopper {
        Stopper { handle: self.server.handle(), lives_on: self.lives_on, state: self.state.clone() }
    }

    /// Runs until it is stopped; what waits for the store is written at the end if the store takes it.
    ///
    /// # Errors
    /// The server cannot go on.
    pub async fn run(self) -> io::Result<()> {
        let watching = tokio::spawn(watch_clock(self.stopper()));
        let state = self.state;
        let writing = {
            let state = state.clone();
            tokio::spawn(async move { state.call_log.keep_writing().await })
        };
        let waking = {
            let state = state.clone();
            tokio::spawn(async move { state.events.keep_waking().await })
        };
        let telling = {
            let state = state.clone();
            tokio::spawn(async move { state.complaints.keep_telling().await })
        };
        let operations = self.operations.map(|(_, server)| {
            let handle = server.handle();
            actix_web::rt::spawn(server);
            handle
        });
        let outcome = self.server.await;
        if let Some(operations) = operations {
            operations.stop(false).await;
        }
        writing.abort();
        waking.abort();
        watching.abort();
        telling.abort();
        state.complaints.tell_rest();
        // Whether it was written or not, the server ends in time.
        let rest = async { tokio::join!(state.call_log.write_waiting(), state.audit.finish()) };
        drop(tokio::time::timeout(Duration::from_secs(5), rest).await);
        state.call_log.say_what_is_lost();
        outcome.and_then(|()| clock::check().map_err(io::Error::other))
    }
}

/// Ends the server when nothing can be dated any more: its connections would go on with the times of a clock that has
/// stopped.
async fn watch_clock(server: Stopper) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    while clock::check().is_ok() {
        ticks.tick().await;
    }
    tracing::error!("the machine's clock was set to a time that cannot be served; the server ends");
    server.stop(true).await;
}

fn bound(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).map_err(|error| StartError::Bind { address, error })
}
