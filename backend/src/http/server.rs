//! The server in a thread of its own, for tests and the demo.

use std::{net::SocketAddr, sync::Arc, thread};

use actix_web::rt::System;
use tokio::sync::oneshot;

use super::{
    application::{Application, Stopper},
    start_error::StartError,
};
use crate::{
    config::{PublicUrl, Settings},
    store::{self, Store},
};

/// A running server. Stops when it is stopped or dropped; its port is free then.
pub struct Server {
    address: SocketAddr,
    operations_address: Option<SocketAddr>,
    public_url: PublicUrl,
    store: Arc<dyn Store>,
    stopper: Stopper,
    thread: Option<thread::JoinHandle<()>>,
}

impl Server {
    /// Opens the store of the settings and starts; answers when it returns. From any runtime.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let store = store::open(&settings.database).await?;
        Self::start_with_store(settings, store).await
    }

    /// Like [`Server::start`], with a store that is open already.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start_with_store(settings: Settings, store: Arc<dyn Store>) -> Result<Self, StartError> {
        let (tell, told) = oneshot::channel();
        let thread_store = store.clone();
        let thread = thread::Builder::new().name("sidetone".to_owned()).spawn(move || {
            System::new().block_on(async move {
                let application = match Application::with_store(settings, thread_store).await {
                    Ok(application) => application,
                    Err(error) => {
                        drop(tell.send(Err(error)));
                        return;
                    }
                };
                let started = (
                    application.address(),
                    application.operations_address(),
                    application.public_url().clone(),
                    application.stopper(),
                );
                // Nobody waits any more: do not start at all.
                if tell.send(Ok(started)).is_err() {
                    return;
                }
                if let Err(error) = application.run().await {
                    tracing::error!("the server ended: {error}");
                }
            });
        })?;
        let started = told.await.unwrap_or_else(|_| {
            Err(StartError::Io(std::io::Error::other("the server's thread ended before it started")))
        });
        let (address, operations_address, public_url, stopper) = started?;
        Ok(Self { address, operations_address, public_url, store, stopper, thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it tells about itself, if it does.
    pub fn operations_address(&self) -> Option<SocketAddr> {
        self.operations_address
    }

    /// How it is reached, with the port that was bound where the settings said 0.
    pub fn public_url(&self) -> &PublicUrl {
        &self.public_url
    }

    /// One of our paths (`shared::api::paths`) as an absolute URL.
    pub fn url(&self, path: &str) -> String {
        self.public_url.join(path)
    }

    /// The store it works on.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Closes all connections and ends; the port is free when it returns.
    pub async fn stop(mut self) {
        self.stopper.stop(false).await;
        if let Some(thread) = self.thread.take() {
            // The thread has nothing left to do, so this does not keep a runtime waiting.
            drop(thread.join());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            // The order to stop is given by the call; the future only tells when it has been followed.
            drop(self.stopper.stop(false));
            drop(thread.join());
        }
    }
}
