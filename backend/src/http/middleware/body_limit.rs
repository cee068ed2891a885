use actix_web::{
    Error, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::CONTENT_LENGTH,
    middleware::Next,
};

use crate::http::{error::ApiError, extract::limit_of};

/// Refuses a body that announces to be too long, before a byte of it is read. Those that do not announce it are stopped
/// while they are read.
pub(crate) async fn body_limit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let most = limit_of(request.path());
    if length.is_some_and(|length: u64| length > most as u64) {
        return Ok(request.into_response(ApiError::too_large(most).error_response()));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}
