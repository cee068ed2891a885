use actix_web::{HttpResponse, web};
use shared::api::CallDirection;

use super::answer::{dial, twiml};
use crate::{
    calls::call::CallReport,
    clock,
    http::{extract::SignedForm, state::AppState},
    twilio::twiml::{Noun, Response},
};

/// Somebody calls a line's number: its softphone rings, if the line is free.
pub(super) async fn answer(state: web::Data<AppState>, form: SignedForm) -> HttpResponse {
    let params = form.params();
    let line = match params.number("To") {
        Some(number) => state.directory.by_number(&number).await,
        None => None,
    };
    let Some(line) = line else {
        tracing::warn!("a call came to a number that no line has; add one with `sidetone line add`");
        return twiml(&Response::say_and_hang_up("The number you have called is not in service. Goodbye."));
    };
    if let Some(call_sid) = params.call_sid("CallSid") {
        let (from, now_s) = (params.get("From").unwrap_or_default(), clock::now_s());
        let report = CallReport::ringing(call_sid, &line, CallDirection::Incoming, from, now_s);
        let free = state.call_log.ring(report, state.busy_since(now_s)).await;
        tracing::info!(call_sid, line = line.phone_number.redacted(), free, "incoming call");
        if !free {
            return twiml(&Response::busy());
        }
    }
    twiml(&dial(&state, Noun::Client(line.client_name), None, state.settings.call_time_limit_s))
}
