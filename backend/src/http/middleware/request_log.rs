use std::time::Instant;

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web,
};

use crate::http::{
    complaints::{ComplaintLog, Kind},
    error::{Cause, Complaint},
    extract::is_vouched_for,
    operations::known_method,
    state::AppState,
};

/// One line a request: method, path, status, time. No query: Twilio's has phone numbers. Of what strangers are refused, who can
/// ask as often as they like, the first is told and the next ones are counted. What they get is no news: the page is for them.
pub(crate) async fn request_log(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let start = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let state = request.app_data::<web::Data<AppState>>().cloned();
    let response = next.call(request).await?.map_into_boxed_body();
    let (status, ms) = (response.status().as_u16(), start.elapsed().as_millis());
    let told = state.as_ref().is_none_or(|state| {
        complain(&state.complaints, &response);
        is_told(&state.complaints, &method, &response)
    });
    if told && (path.contains("/api/") || path.contains("/twilio/")) {
        tracing::info!(%method, path, status, ms, "request");
    } else {
        tracing::debug!(%method, path, status, ms, "request");
    }
    Ok(response)
}

fn is_told(complaints: &ComplaintLog, method: &Method, response: &ServiceResponse<BoxBody>) -> bool {
    if is_vouched_for(response.request()) {
        return true;
    }
    let (method, status) = (known_method(method), response.status().as_u16());
    if status < 400 {
        return false;
    }
    let route = response.request().match_pattern().unwrap_or_default();
    complaints.tell(Kind::Answered { method, route, status })
}

fn complain(complaints: &ComplaintLog, response: &ServiceResponse<BoxBody>) {
    let extensions = response.response().extensions();
    let Some(Complaint { kind, words }) = extensions.get::<Complaint>() else { return };
    if !complaints.tell(kind.clone()) {
        return;
    }
    match extensions.get::<Cause>() {
        Some(Cause::StoreFailed | Cause::Internal) => tracing::error!("{words}"),
        _ => tracing::warn!("{words}"),
    }
}
