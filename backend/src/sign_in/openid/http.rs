//! How the provider is asked: our own HTTP client in the words of the OpenID library.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use reqwest::{Client, redirect::Policy};
use thiserror::Error;

use crate::{
    error_chain::of_request,
    web_client::{self, NoClient},
};

/// Longest that one request may take; a person waits.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Longest answer that is read; discovery documents and keys have some kilobytes.
const MOST_BYTES: usize = 512 * 1024;

#[derive(Debug, Error)]
pub(super) enum HttpError {
    #[error("{}", of_request(.0))]
    Request(#[from] reqwest::Error),
    #[error("the answer is longer than {MOST_BYTES} bytes")]
    TooLong,
    #[error("the answer cannot be read: {0}")]
    Answer(#[from] openidconnect::http::Error),
}

/// Follows no redirect: the provider's own addresses are known, and others must not be asked with our secret.
pub(super) fn client() -> Result<Client, NoClient> {
    web_client::client(|builder| builder.timeout(TIMEOUT).redirect(Policy::none()))
}

pub(super) async fn send(client: Client, request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let (head, body) = request.into_parts();
    let request = client.request(head.method, head.uri.to_string()).headers(head.headers).body(body);
    let mut answer = request.send().await?;
    let mut response = openidconnect::http::Response::builder().status(answer.status());
    if let Some(headers) = response.headers_mut() {
        headers.clone_from(answer.headers());
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(HttpError::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(response.body(body)?)
}
