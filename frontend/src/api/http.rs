use gloo_net::http::{Method, Request, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::ErrorBody;
use web_sys::{AbortSignal, RequestCache};

use super::ApiError;

/// Long enough for a slow mobile network, short enough not to look dead.
const TIMEOUT_MS: u32 = 10_000;

/// A request without a body. `path` is relative to the page's base.
pub(super) async fn request<T: DeserializeOwned>(method: Method, path: &str) -> Result<T, ApiError> {
    let (builder, signal) = prepare(method, path);
    let request = builder.build().map_err(|_| ApiError::Unreachable)?;
    read(send(request, &signal).await?).await
}

/// A request with a JSON body.
pub(super) async fn request_with<T: DeserializeOwned>(
    method: Method,
    path: &str,
    body: &impl Serialize,
) -> Result<T, ApiError> {
    let (builder, signal) = prepare(method, path);
    let request = builder.json(body).map_err(|_| ApiError::Unreachable)?;
    read(send(request, &signal).await?).await
}

/// A request whose answer has no body of interest.
pub(super) async fn command(method: Method, path: &str) -> Result<(), ApiError> {
    let (builder, signal) = prepare(method, path);
    let request = builder.build().map_err(|_| ApiError::Unreachable)?;
    let response = send(request, &signal).await?;
    if response.ok() { Ok(()) } else { Err(refused(response).await) }
}

fn prepare(method: Method, path: &str) -> (RequestBuilder, AbortSignal) {
    let signal = AbortSignal::timeout_with_u32(TIMEOUT_MS);
    let builder =
        RequestBuilder::new(path).method(method).cache(RequestCache::NoStore).abort_signal(Some(&signal));
    (builder, signal)
}

async fn send(request: Request, signal: &AbortSignal) -> Result<Response, ApiError> {
    request
        .send()
        .await
        .map_err(|_| if signal.aborted() { ApiError::TimedOut } else { ApiError::Unreachable })
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, ApiError> {
    if !response.ok() {
        return Err(refused(response).await);
    }
    let status = response.status();
    response.json().await.map_err(|_| ApiError::Garbled { status })
}

async fn refused(response: Response) -> ApiError {
    let status = response.status();
    match response.json::<ErrorBody>().await {
        Ok(body) => ApiError::Refused(body),
        Err(_) => ApiError::Garbled { status },
    }
}
