use actix_web::{HttpResponse, web};
use shared::api::{CallDirection, CallOutcome};

use super::answer::twiml;
use crate::{
    calls::{call::CallReport, params},
    clock,
    http::{extract::SignedForm, state::AppState},
    twilio::twiml::{Response, Verb},
};

/// A `<Dial>` is over: what became of it goes to the log, and the caller hears why nobody answered.
pub(super) async fn answer(state: web::Data<AppState>, form: SignedForm) -> HttpResponse {
    let Some(report) = params::dial_action(form.params(), clock::now_s()) else {
        tracing::warn!("a Dial action says nothing about a call of ours");
        return twiml(&Response(vec![Verb::Hangup]));
    };
    let response = what_follows(&report);
    state.metrics.call_ended(report.direction, &report.outcome);
    state.call_log.report(report).await;
    twiml(&response)
}

/// The softphone shows its user why; a caller from outside must be told by voice.
fn what_follows(report: &CallReport) -> Response {
    let answered = matches!(report.outcome, CallOutcome::Completed | CallOutcome::InProgress);
    if answered || report.direction == CallDirection::Outgoing {
        return Response(vec![Verb::Hangup]);
    }
    Response::say_and_hang_up(match report.outcome {
        CallOutcome::Busy => "The person you have called is busy. Please try again later. Goodbye.",
        _ => "The person you have called cannot answer. Please try again later. Goodbye.",
    })
}
