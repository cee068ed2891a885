use actix_web::{HttpResponse, web};

use crate::{
    calls::params,
    clock,
    http::{extract::SignedForm, state::AppState},
};

/// Progress of the dialled leg, or the end of a call to a number. Twilio wants no answer.
pub(super) async fn answer(state: web::Data<AppState>, form: SignedForm) -> HttpResponse {
    match params::call_status(form.params(), clock::now_s()) {
        Some(report) => state.call_log.report(report).await,
        None => match params::end_of_parent(form.params()) {
            // What became of it the `<Dial>` has told, and its parts; this leg is "completed" whoever answered.
            Some((call_sid, status)) => tracing::info!(call_sid, status, "a call to a number has ended"),
            None => tracing::warn!("a status callback says nothing about a call of ours"),
        },
    }
    HttpResponse::NoContent().finish()
}
