use crate::http::{
    error::{ApiError, Cause},
    state::AppState,
};
use actix_web::{HttpMessage, HttpRequest, dev::Payload, web::BytesMut};
use futures_util::StreamExt;
use shared::api::{contacts::LARGEST_FILE, paths};
use std::time::Duration;

/// Most bytes of a request body: Twilio's requests and ours have a few hundred.
const BODY_LIMIT: usize = 64 * 1024;

/// A file of somebody who is signed in, over a slow line.
const FILE_TIME: Duration = Duration::from_secs(120);

/// Most bytes of a body for this path.
pub(crate) fn limit_of(path: &str) -> usize {
    let above = path.strip_suffix(paths::IMPORT).and_then(|above| above.strip_suffix('/'));
    if above.is_some_and(|above| above.ends_with(paths::CONTACTS)) { LARGEST_FILE } else { BODY_LIMIT }
}

/// The whole body, or a refusal as soon as it is too long or too slow.
pub(super) async fn read(state: &AppState, payload: &mut Payload) -> Result<Vec<u8>, ApiError> {
    in_time(state.settings.network.time_limits.body, read_all(payload, BODY_LIMIT)).await
}

/// A file, which has another limit ([`limit_of`]).
pub(crate) async fn read_file(payload: &mut Payload) -> Result<Vec<u8>, ApiError> {
    in_time(FILE_TIME, read_all(payload, LARGEST_FILE)).await
}

async fn in_time(
    limit: Duration,
    reading: impl Future<Output = Result<Vec<u8>, ApiError>>,
) -> Result<Vec<u8>, ApiError> {
    tokio::time::timeout(limit, reading).await.unwrap_or_else(|_| {
        Err(ApiError::new(
            Cause::Slow,
            format!("The body of the request did not arrive within {} seconds.", limit.as_secs_f32()),
        ))
    })
}

async fn read_all(payload: &mut Payload, most: usize) -> Result<Vec<u8>, ApiError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            ApiError::new(Cause::BadRequest, format!("The body of the request cannot be read: {error}."))
        })?;
        if body.len() + chunk.len() > most {
            return Err(ApiError::too_large(most));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.to_vec())
}

/// Whether the request says that its body is of this type, whatever the charset.
pub(super) fn is_of_type(request: &HttpRequest, content_type: &str) -> bool {
    request.content_type().eq_ignore_ascii_case(content_type)
}
