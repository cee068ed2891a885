//! By Twilio: `call_incoming`, `call_outgoing`, `dial_action`, `call_status`. By the page: the others.

mod answer;
mod call_incoming;
mod call_outgoing;
mod call_status;
mod calls;
mod dial_action;
mod far_end;
mod missed_calls;

use actix_web::web::{self, ServiceConfig};
use shared::api::paths;

use crate::http::resource::{changing, reading, webhook};

/// Below the prefix.
pub(crate) fn configure(config: &mut ServiceConfig, prefix: &str) {
    let call = format!("{}/{{call}}", paths::CALLS);
    config
        .service(reading(prefix, &call).route(web::get().to(calls::tell)))
        .service(changing(prefix, &format!("{call}/{}", paths::RATING)).route(web::post().to(calls::rate)))
        .service(changing(prefix, &format!("{call}/{}", paths::LEFT)).route(web::post().to(calls::leave)))
        .service(reading(prefix, paths::MISSED_CALLS).route(web::get().to(missed_calls::tell)))
        .service(changing(prefix, paths::FAR_END).route(web::post().to(far_end::tell)))
        .service(webhook(prefix, paths::CALL_INCOMING, || web::to(call_incoming::answer)))
        .service(webhook(prefix, paths::CALL_OUTGOING, || web::to(call_outgoing::answer)))
        .service(webhook(prefix, paths::DIAL_ACTION, || web::to(dial_action::answer)))
        .service(webhook(prefix, paths::CALL_STATUS, || web::to(call_status::answer)));
}
