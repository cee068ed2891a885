use std::time::Instant;

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};

/// One line a request: method, path, status, time. No query: Twilio's has phone numbers.
pub(crate) async fn request_log(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let start = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = next.call(request).await?.map_into_boxed_body();
    let (status, ms) = (response.status().as_u16(), start.elapsed().as_millis());
    if path.contains("/api/") || path.contains("/twilio/") {
        tracing::info!(%method, path, status, ms, "request");
    } else {
        tracing::debug!(%method, path, status, ms, "request");
    }
    Ok(response)
}
