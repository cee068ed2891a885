use actix_web::HttpResponse;
use shared::api::paths;

use crate::{
    http::state::AppState,
    twilio::twiml::{Dial, Noun, Response, Verb},
};

/// TwiML, which Twilio must not keep.
pub(super) fn twiml(response: &Response) -> HttpResponse {
    HttpResponse::Ok().content_type("text/xml; charset=utf-8").body(response.to_xml())
}

/// A document that dials, and reports to us what becomes of it.
pub(super) fn dial(state: &AppState, to: Noun, caller_id: Option<String>, time_limit_s: u32) -> Response {
    Response(vec![Verb::Dial(Dial {
        caller_id,
        timeout_s: state.settings.ring_timeout_s,
        time_limit_s,
        action: state.public_url.join(paths::DIAL_ACTION),
        to,
        status_callback: state.public_url.join(paths::CALL_STATUS),
    })])
}
