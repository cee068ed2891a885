use actix_web::{HttpResponse, web};
use shared::{
    PhoneNumber,
    api::{CallDirection, CallOutcome, Refusal},
};

use super::answer::{dial, twiml};
use crate::{
    clock,
    domain::{Line, audit::AuditEvent, call::CallReport, call_params::Params, dial_policy},
    extract::SignedForm,
    state::AppState,
    twilio::twiml::{Noun, Response},
};

/// Longest text that is kept of what was dialled when it is no number.
const LONGEST_PEER: usize = 40;

/// A softphone dials. Only `From` is Twilio's word; everything else comes from the browser and is a wish.
pub(in crate::routes) async fn answer(state: web::Data<AppState>, form: SignedForm) -> HttpResponse {
    let params = form.params();
    let line = match params.client("From") {
        Some(client_name) => state.directory.by_client(client_name).await,
        None => None,
    };
    let Some(line) = line else {
        tracing::warn!("refused an outgoing call: it comes from no line's client");
        return twiml(&Response::say_and_hang_up(dial_policy::spoken(Refusal::UnknownLine)));
    };
    let call_sid = params.call_sid("CallSid");
    let wish = params.get("To").unwrap_or_default();
    match dial_policy::decide(wish, &line) {
        Ok(to) => {
            let callee = state.directory.by_number(&to).await;
            if let Some(call_sid) = call_sid {
                tracing::info!(
                    call_sid,
                    line = line.phone_number.redacted(),
                    to = to.redacted(),
                    "outgoing call"
                );
                log(&state, call_sid, params, &line, to.as_str(), CallOutcome::Ringing).await;
                if let Some(callee) = &callee {
                    log_callee(&state, call_sid, callee, &line.phone_number).await;
                }
            }
            // Another line of this server is reached without the phone network.
            let noun = match callee {
                Some(callee) => Noun::Client(callee.client_name),
                None => Noun::Number(to.as_str().to_owned()),
            };
            twiml(&dial(&state, noun, Some(line.phone_number.as_str().to_owned())))
        }
        Err(reason) => {
            if let Some(call_sid) = call_sid {
                tracing::info!(
                    call_sid,
                    line = line.phone_number.redacted(),
                    ?reason,
                    "outgoing call refused"
                );
                let peer: String = wish.chars().take(LONGEST_PEER).collect();
                log(&state, call_sid, params, &line, &peer, CallOutcome::Refused { reason }).await;
            }
            let line = Some(line.phone_number);
            state
                .audit
                .note_meanwhile(AuditEvent::CallRefused { line, dialled: wish.to_owned(), reason }, None);
            twiml(&Response::say_and_hang_up(dial_policy::spoken(reason)))
        }
    }
}

async fn log(
    state: &AppState,
    call_sid: &str,
    params: &Params,
    line: &Line,
    peer: &str,
    outcome: CallOutcome,
) {
    let report = CallReport {
        attempt: params.attempt().map(str::to_owned),
        outcome,
        ..CallReport::ringing(call_sid, line, CallDirection::Outgoing, peer, clock::now_s())
    };
    state.call_log.report(report).await;
}

/// A call between two lines is in the log of both.
async fn log_callee(state: &AppState, call_sid: &str, callee: &Line, caller: &PhoneNumber) {
    let (direction, caller) = (CallDirection::Incoming, caller.as_str());
    let report = CallReport::ringing(call_sid, callee, direction, caller, clock::now_s());
    state.call_log.report(report).await;
}
