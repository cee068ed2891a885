//! The emulator's own threads.

use std::net::TcpListener;
use std::thread::JoinHandle;

use actix_web::{App, HttpServer, web};
use tokio::sync::{mpsc, oneshot};

use super::run::Loop;
use crate::core::config::Config;
use crate::core::exchange::Exchange;
use crate::core::media::MediaEvent;
use crate::rim::http;
use crate::rim::http::control::Desk;
use crate::rim::http::tls;
use crate::rim::link::{Command, Link};
use crate::rim::webhook::Sender;

/// A running emulator.
#[derive(Debug)]
pub struct Running {
    link: Link,
    thread: Option<JoinHandle<()>>,
}

/// What the thread needs.
pub struct Parts {
    /// Numbers, credentials, timings.
    pub config: Config,
    /// Bound and not yet served.
    pub listener: TcpListener,
    /// The same for TLS.
    pub tls_listener: Option<TcpListener>,
    /// The way to the exchange.
    pub link: Link,
    /// The same way, for the media desk.
    pub sender: mpsc::UnboundedSender<Command>,
    /// The end of the way.
    pub commands: mpsc::UnboundedReceiver<Command>,
    /// What the media engine says.
    pub events: mpsc::UnboundedReceiver<MediaEvent>,
    /// Randomness of all identifiers.
    pub seed: u64,
}

/// Starts the threads and waits until HTTP is served.
///
/// # Errors
/// A text when a thread, the HTTP client or the server cannot be started.
pub async fn launch(parts: Parts) -> Result<Running, String> {
    let link = parts.link.clone();
    let (ready, started) = oneshot::channel();
    let thread = std::thread::Builder::new()
        .name("emulator".into())
        .spawn(move || actix_web::rt::System::new().block_on(serve(parts, ready)))
        .map_err(|error| error.to_string())?;
    let running = Running { link, thread: Some(thread) };
    match started.await {
        Ok(Ok(())) => Ok(running),
        Ok(Err(reason)) => Err(reason),
        Err(_) => Err("the emulator's thread ended".into()),
    }
}

async fn serve(parts: Parts, ready: oneshot::Sender<Result<(), String>>) {
    let Parts { config, listener, tls_listener, link, sender, commands, events, seed } = parts;
    let webhooks = match Sender::new(config.timing.webhook_timeout, &config.trusted_roots_pem, &config.hosts)
    {
        Ok(webhooks) => webhooks,
        Err(error) => {
            let _ = ready.send(Err(error));
            return;
        }
    };
    let (data, timing) = (link.clone(), config.timing.clone());
    let desk = web::Data::new(Desk::new(&config));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(data.clone()))
            .app_data(web::Data::new(timing.clone()))
            .app_data(desk.clone())
            .configure(http::configure)
    })
    .workers(1)
    .shutdown_timeout(0)
    // An answer in two parts would wait for the client's word about the first.
    .tcp_nodelay(true)
    .disable_signals()
    .listen(listener)
    .map_err(|error| error.to_string())
    .and_then(|server| match (&config.tls, tls_listener) {
        (Some(tls), Some(listener)) => {
            server.listen_rustls_0_23(listener, tls::server_config(tls)?).map_err(|error| error.to_string())
        }
        _ => Ok(server),
    });
    let server = match server {
        Ok(server) => server.run(),
        Err(reason) => {
            let _ = ready.send(Err(reason));
            return;
        }
    };
    let handle = server.handle();
    let serving = actix_web::rt::spawn(server);
    let _ = ready.send(Ok(()));
    let media = link.media.clone();
    Loop::new(Exchange::new(&config, seed), link, webhooks, sender).run(commands, events).await;
    media.shutdown();
    handle.stop(false).await;
    let _ = serving.await;
}

impl Running {
    /// The way to the exchange.
    #[must_use]
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// Asks the thread to end and hands it over to be waited for.
    pub fn stop(&mut self) -> Option<JoinHandle<()>> {
        self.link.stop();
        self.thread.take()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(thread) = self.stop()
            && thread.join().is_err()
        {
            tracing::error!("the emulator's thread panicked");
        }
    }
}
