use actix_web::{HttpResponse, web};
use shared::{
    PhoneNumber,
    api::{CallDirection, CallOutcome, Refusal},
};

use super::answer::{dial, twiml};
use crate::{
    audit::event::AuditEvent,
    calls::call::CallReport,
    clock,
    dialling::{Callee, policy},
    http::{extract::SignedForm, state::AppState},
    lines::Line,
    twilio::{
        Params,
        twiml::{Noun, Response},
    },
};

/// Longest text that is kept of what was dialled when it is no number.
const LONGEST_PEER: usize = 40;

/// A softphone dials. Only `From` and `CallSid` are Twilio's words; everything else comes from the browser and is a wish.
pub(super) async fn answer(state: web::Data<AppState>, form: SignedForm) -> HttpResponse {
    let params = form.params();
    let line = match params.client("From") {
        Some(client_name) => state.directory.by_client(client_name).await,
        None => None,
    };
    let Some(line) = line else {
        tracing::warn!("refused an outgoing call: it comes from no line's client");
        return twiml(&Response::say_and_hang_up(policy::spoken(Refusal::UnknownLine)));
    };
    // What cannot be counted is not dialled. Twilio always names the call; a browser that sends the parameter too makes
    // it ambiguous.
    let Some(call_sid) = params.call_sid("CallSid") else {
        tracing::warn!("refused an outgoing call: the request has no CallSid, or two");
        return twiml(&Response::say_and_hang_up("This call cannot be placed. Please try again."));
    };
    if params.is_connection_test() {
        return test(&state, call_sid, &line).await;
    }
    let wish = params.get("To").unwrap_or_default();
    match place(&state, call_sid, &line, wish).await {
        Ok((callee, time_limit_s)) => {
            tracing::info!(
                call_sid,
                line = line.phone_number.redacted(),
                to = callee.number().redacted(),
                "outgoing call"
            );
            log(&state, call_sid, params, &line, callee.number().as_str(), CallOutcome::Ringing).await;
            let noun = match callee {
                Callee::Line(callee) => {
                    if !ring(&state, call_sid, &callee, &line.phone_number).await {
                        tracing::info!(call_sid, "the line that is called is busy");
                        return twiml(&Response::busy());
                    }
                    Noun::Client(callee.client_name)
                }
                Callee::Phone(number) => Noun::Number(number.as_str().to_owned()),
            };
            twiml(&dial(&state, noun, Some(line.phone_number.as_str().to_owned()), time_limit_s))
        }
        Err(reason) => {
            tracing::info!(call_sid, line = line.phone_number.redacted(), ?reason, "outgoing call refused");
            let peer: String = wish.chars().take(LONGEST_PEER).collect();
            log(&state, call_sid, params, &line, &peer, CallOutcome::Refused { reason }).await;
            let line = Some(line.phone_number);
            let event = AuditEvent::CallRefused { line, dialled: wish.to_owned(), reason };
            state.audit.note_meanwhile(event, None);
            twiml(&Response::say_and_hang_up(policy::spoken(reason)))
        }
    }
}

/// A test of the connection. It reaches nobody, so it is in no log of calls.
async fn test(state: &AppState, call_sid: &str, line: &Line) -> HttpResponse {
    let granted = state.dialling.ask_to_test(call_sid, line, clock::now_s()).await;
    tracing::info!(call_sid, line = line.phone_number.redacted(), ?granted, "test of the connection");
    twiml(&match granted {
        Ok(()) => Response::test_of_the_connection(),
        Err(reason) => Response::say_and_hang_up(policy::spoken(reason)),
    })
}

/// Whom the call reaches, and the seconds it may last.
async fn place(state: &AppState, call_sid: &str, line: &Line, wish: &str) -> Result<(Callee, u32), Refusal> {
    let callee = state.dialling.callee(&state.directory, line, wish).await?;
    let time_limit_s = state.dialling.ask(call_sid, line, &callee, clock::now_s()).await?;
    Ok((callee, time_limit_s))
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

/// A call between two lines is in the log of both. False when the one that is called is busy.
async fn ring(state: &AppState, call_sid: &str, callee: &Line, caller: &PhoneNumber) -> bool {
    let (direction, now_s) = (CallDirection::Incoming, clock::now_s());
    let report = CallReport::ringing(call_sid, callee, direction, caller.as_str(), now_s);
    state.call_log.ring(report, state.busy_since(now_s)).await
}
