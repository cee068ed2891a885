use actix_web::{HttpResponse, web};

use crate::{clock, domain::call_params, extract::SignedForm, state::AppState};

/// Progress of the dialled leg. Twilio wants no answer.
pub(in crate::routes) async fn answer(state: web::Data<AppState>, form: SignedForm) -> HttpResponse {
    match call_params::call_status(form.params(), clock::now_s()) {
        Some(report) => state.call_log.report(report).await,
        None => tracing::warn!("a status callback says nothing about a call of ours"),
    }
    HttpResponse::NoContent().finish()
}
