//! All addresses of the emulator.

use actix_web::web::{self, ServiceConfig};

use crate::{control, insights, rest, signaling, sounds, timeline};

/// Adds every route.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.route("/signal", web::get().to(signaling::connect));
    config.configure(insights::configure);
    config.configure(rest::configure);
    config.configure(sounds::configure);
    config.configure(timeline::configure);
    config.configure(control::configure);
}
