use std::{
    io,
    net::TcpListener,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use actix_server::ServerBuilder;
use actix_web::{
    App, HttpResponse,
    dev::Server,
    middleware::from_fn,
    web::{self, Data},
};
use shared::api::paths;

use tokio::sync::Mutex;

use super::Moment;
use crate::{
    http::{
        listener::listen as listen_with,
        middleware::{request_id, security_headers},
        state::AppState,
    },
    store::within,
};

/// How long it is believed that the store could be written: whoever asks often makes it write no more often.
const BELIEVED: Duration = Duration::from_millis(100);
/// What a scraper asks for by `Accept`, and what the encoder writes.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Answers `metrics`, `healthz` and `readyz`, and nothing else. Nobody is asked who he is.
pub(crate) fn listen(listener: TcpListener, state: Data<AppState>) -> io::Result<Server> {
    let check = Data::new(WriteCheck::default());
    let https = state.public_url.is_https();
    let limits = state.settings.network.time_limits;
    let builder = ServerBuilder::new().workers(1).shutdown_timeout(1);
    listen_with(builder, listener, limits, https, move || {
        App::new()
            .app_data(state.clone())
            .app_data(check.clone())
            .wrap(from_fn(security_headers))
            .wrap(from_fn(request_id))
            .route(paths::METRICS, web::get().to(metrics))
            .route(paths::HEALTH, web::get().to(healthy))
            .route(paths::READY, web::get().to(ready))
    })
}

/// When the store was last seen to take something.
#[derive(Default)]
struct WriteCheck(Mutex<Option<Instant>>);

impl WriteCheck {
    async fn passes(&self, state: &AppState) -> bool {
        let mut passed = self.0.lock().await;
        if passed.is_some_and(|at| at.elapsed() < BELIEVED) {
            return true;
        }
        let written = within(state.store.try_writing()).await;
        *passed = written.is_ok().then(Instant::now);
        if let Err(error) = &written {
            tracing::error!("not ready: the database cannot be written: {error}");
        }
        written.is_ok()
    }
}

async fn metrics(state: Data<AppState>) -> HttpResponse {
    let now = Moment {
        waiting_reports: state.call_log.waiting(),
        event_streams: state.events.streams(),
        listener_hears: state.events.hears(),
    };
    match state.metrics.text(&now) {
        Ok(text) => HttpResponse::Ok().content_type(OPEN_METRICS).body(text),
        Err(error) => {
            tracing::error!("the figures cannot be written: {error}");
            HttpResponse::InternalServerError().body("the figures cannot be written\n")
        }
    }
}

/// The process answers. For whoever restarts it: a database that is down is no reason to.
async fn healthy() -> HttpResponse {
    HttpResponse::Ok().body("ok\n")
}

/// 200 when the store takes what it is given and everything that was reported is in it, else 503 and why; also when it was told
/// to stop, so that a load balancer sends it nothing any more while it still answers.
async fn ready(state: Data<AppState>, check: Data<WriteCheck>) -> HttpResponse {
    if state.stopping.load(Ordering::Relaxed) {
        return HttpResponse::ServiceUnavailable().body("the server stops\n");
    }
    if !check.passes(&state).await {
        return HttpResponse::ServiceUnavailable().body("the database cannot be written\n");
    }
    match state.call_log.waiting() {
        0 => HttpResponse::Ok().body("ready\n"),
        n => HttpResponse::ServiceUnavailable().body(format!("{n} call reports wait for the database\n")),
    }
}
