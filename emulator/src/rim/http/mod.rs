//! All addresses of the emulator: the SDK's WebSocket, the REST API, and the pages for people.

pub mod control;
pub mod insights;
pub mod rest;
pub mod signal;
pub mod sounds;
pub mod timeline;
pub(super) mod tls;

use actix_web::web::{self, ServiceConfig};

/// Adds every route.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.route("/signal", web::get().to(signal::connect));
    config.configure(insights::configure);
    config.configure(rest::configure);
    config.configure(sounds::configure);
    config.configure(timeline::configure);
    config.configure(control::configure);
}
