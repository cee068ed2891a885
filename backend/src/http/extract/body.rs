use crate::http::{
    error::{ApiError, Cause},
    state::AppState,
};
use actix_web::{HttpMessage, HttpRequest, dev::Payload, web::BytesMut};
use futures_util::StreamExt;

/// Most bytes of a request body: Twilio's requests and ours have a few hundred.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// The whole body, or a refusal as soon as it is too long or too slow.
pub(super) async fn read(state: &AppState, payload: &mut Payload) -> Result<Vec<u8>, ApiError> {
    let limit = state.settings.network.time_limits.body;
    tokio::time::timeout(limit, read_all(payload)).await.unwrap_or_else(|_| {
        Err(ApiError::new(
            Cause::Slow,
            format!("The body of the request did not arrive within {} seconds.", limit.as_secs_f32()),
        ))
    })
}

async fn read_all(payload: &mut Payload) -> Result<Vec<u8>, ApiError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            ApiError::new(Cause::BadRequest, format!("The body of the request cannot be read: {error}."))
        })?;
        if body.len() + chunk.len() > BODY_LIMIT {
            return Err(ApiError::too_large(BODY_LIMIT));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.to_vec())
}

/// Whether the request says that its body is of this type, whatever the charset.
pub(super) fn is_of_type(request: &HttpRequest, content_type: &str) -> bool {
    request.content_type().eq_ignore_ascii_case(content_type)
}
