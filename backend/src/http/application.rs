//! From settings to a server.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
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

/// A bound server that answers as soon as it runs.
pub struct Application {
    address: SocketAddr,
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
    state: Data<AppState>,
}

impl Stopper {
    /// Returns when it has stopped: with all requests under way finished, or at once.
    pub fn stop(&self, finish: bool) -> impl Future<Output = ()> + use<> {
        // They would go on for ever.
        self.state.events.end();
        self.handle.stop(finish)
    }
}

impl Application {
    /// Opens the store of the settings and binds. Call on the runtime that will run it.
    ///
    /// # Errors
    /// The port is taken, the store cannot be opened, the clock is wrong.
    pub async fn build(settings: Settings) -> Result<Self, StartError> {
        let store = store::open(&settings.database).await?;
        Self::with_store(settings, store).await
    }

    /// Like [`Application::build`], with a store that is open already.
    ///
    /// # Errors
    /// The port is taken, the store does not answer.
    pub async fn with_store(settings: Settings, store: Arc<dyn Store>) -> Result<Self, StartError> {
        clock::check()?;
        let bind = settings.bind;
        let (listener, operations_bind) = (bound(bind)?, settings.network.operations_bind);
        let operations_listener = operations_bind.map(bound).transpose()?;
        let limits = settings.network.time_limits;
        let address = listener.local_addr()?;
        let public_url = settings.public_url.with_port(address.port());
        let state = AppState::new(settings, public_url.clone(), store)?;
        state.directory.refresh_or_say().await;
        let state = Data::new(state);
        let app_state = state.clone();
        let builder = ServerBuilder::new()
            .workers(std::thread::available_parallelism().map_or(2, |n| n.get().min(4)))
            .max_concurrent_connections(MOST_CONNECTIONS)
            .shutdown_timeout(5);
        let server =
            listen(builder, listener, limits, public_url.is_https(), move || app(app_state.clone()))?;
        let operations = match operations_listener {
            Some(listener) => Some((listener.local_addr()?, operations::listen(listener, state.clone())?)),
            None => None,
        };
        Ok(Self { address, public_url, server, operations, state })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
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
        Stopper { handle: self.server.handle(), state: self.state.clone() }
    }

    /// Runs until it is stopped; what waits for the store is written at the end if the store takes it.
    ///
    /// # Errors
    /// The server cannot go on.
    pub async fn run(self) -> io::Result<()> {
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
        let watching =
            tokio::spawn(watch_clock(Stopper { handle: self.server.handle(), state: state.clone() }));
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
