//! From settings to a server.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    middleware::from_fn,
    web::{self, Data},
};
use thiserror::Error;

use crate::{
    config::{PublicUrl, Settings},
    domain::passcode::PasscodeError,
    middleware::{body_limit, request_log, security_headers},
    routes,
    state::AppState,
    store::{self, Store, StoreError},
};

/// Why the server does not start.
#[derive(Debug, Error)]
pub enum StartError {
    #[error("cannot listen on {address}: {error}; choose another address or port, or stop what uses it")]
    Bind { address: SocketAddr, error: io::Error },
    #[error("cannot start the server: {0}")]
    Io(#[from] io::Error),
    #[error("cannot open the database: {0}")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Passcode(#[from] PasscodeError),
}

/// A bound server that answers as soon as it runs.
pub struct Application {
    address: SocketAddr,
    public_url: PublicUrl,
    server: Server,
    state: Data<AppState>,
}

impl Application {
    /// Opens the store of the settings and binds. Call on the runtime that will run it.
    ///
    /// # Errors
    /// The port is taken, the store cannot be opened.
    pub async fn build(settings: Settings) -> Result<Self, StartError> {
        let store = store::open(&settings.database).await?;
        Self::with_store(settings, store).await
    }

    /// Like [`Application::build`], with a store that is open already.
    ///
    /// # Errors
    /// The port is taken, the store does not answer.
    pub async fn with_store(settings: Settings, store: Arc<dyn Store>) -> Result<Self, StartError> {
        let bind = settings.bind;
        let listener = TcpListener::bind(bind).map_err(|error| StartError::Bind { address: bind, error })?;
        let address = listener.local_addr()?;
        let public_url = settings.public_url.with_port(address.port());
        let state = AppState::new(settings, public_url.clone(), store)?;
        if let Err(error) = state.directory.refresh().await {
            tracing::error!("the store does not answer yet: {error}");
        }
        let state = Data::new(state);
        let app_state = state.clone();
        let server = HttpServer::new(move || {
            let state = app_state.clone();
            App::new()
                .app_data(state.clone())
                .wrap(from_fn(body_limit))
                .wrap(from_fn(security_headers))
                .wrap(from_fn(request_log))
                .configure(|config| configure(config, &state))
        })
        .workers(std::thread::available_parallelism().map_or(2, |n| n.get().min(4)))
        .shutdown_timeout(5)
        .disable_signals()
        .listen(listener)?
        .run();
        Ok(Self { address, public_url, server, state })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// How it is reached, with the port that was bound where the settings said 0.
    pub fn public_url(&self) -> &PublicUrl {
        &self.public_url
    }

    /// Stops it.
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
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
        let outcome = self.server.await;
        writing.abort();
        // Whether it was written or not, the server ends in time.
        drop(tokio::time::timeout(Duration::from_secs(5), state.call_log.write_waiting()).await);
        outcome
    }
}

/// All wiring: the prefix first, then the root, then the UI for the rest.
pub(crate) fn configure(config: &mut web::ServiceConfig, state: &Data<AppState>) {
    let prefix = state.public_url.prefix();
    if !prefix.is_empty() {
        routes::configure(config, prefix);
    }
    routes::configure(config, "");
}
