use gloo_net::http::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::ErrorBody;
use web_sys::{AbortSignal, RequestCache, RequestCredentials};

use super::ApiError;
use crate::browser::page;

/// Long enough for a slow mobile network, short enough not to look dead.
const TIMEOUT_MS: u32 = 10_000;

/// Where something of our server is: below what `<meta name="sidetone-api">` names when the page is served elsewhere, else
/// relative to the page's base.
pub(crate) fn address(path: &str) -> String {
    let server = page::meta("sidetone-api");
    server.map_or_else(|| path.to_owned(), |server| format!("{}/{path}", server.trim_end_matches('/')))
}

/// A file that was built together with this page, relative to the page's base. The browser may know it already.
pub(super) async fn built_file<T: DeserializeOwned>(name: &str) -> Result<T, ApiError> {
    exchange(Method::GET, name, RequestCache::Default, None).await?.read()
}

/// A request without a body. `path` is one of [`shared::api::paths`].
pub(super) async fn request<T: DeserializeOwned>(method: Method, path: &str) -> Result<T, ApiError> {
    ask(method, path, None).await?.read()
}

/// A request with a JSON body.
pub(super) async fn request_with<T: DeserializeOwned>(
    method: Method,
    path: &str,
    body: &impl Serialize,
) -> Result<T, ApiError> {
    ask(method, path, Some(json(body)?)).await?.read()
}

/// A request whose answer has no body of interest.
pub(super) async fn command(method: Method, path: &str) -> Result<(), ApiError> {
    ask(method, path, None).await.map(drop)
}

/// A request with a JSON body whose answer has none of interest.
pub(super) async fn command_with(method: Method, path: &str, body: &impl Serialize) -> Result<(), ApiError> {
    ask(method, path, Some(json(body)?)).await.map(drop)
}

struct Answer {
    status: u16,
    text: String,
}

impl Answer {
    fn read<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        serde_json::from_str(&self.text).map_err(|_| ApiError::Garbled { status: self.status })
    }
}

fn json(body: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(body).map_err(|_| ApiError::Unreachable)
}

/// Asks the server, whose answers are never kept.
async fn ask(method: Method, path: &str, body: Option<String>) -> Result<Answer, ApiError> {
    exchange(method, &address(path), RequestCache::NoStore, body).await
}

/// Not generic: what knows the shapes would be in the download once for each of them.
async fn exchange(
    method: Method,
    address: &str,
    cache: RequestCache,
    body: Option<String>,
) -> Result<Answer, ApiError> {
    let signal = AbortSignal::timeout_with_u32(TIMEOUT_MS);
    let builder = RequestBuilder::new(address)
        .method(method)
        .cache(cache)
        // The session's cookie goes to a server of another origin as well; the server says which pages may read answers.
        .credentials(RequestCredentials::Include)
        .abort_signal(Some(&signal));
    let request = match body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    };
    let failed = || if signal.aborted() { ApiError::TimedOut } else { ApiError::Unreachable };
    let response = request.map_err(|_| ApiError::Unreachable)?.send().await.map_err(|_| failed())?;
    let status = response.status();
    let text = response.text().await.map_err(|_| failed())?;
    if response.ok() {
        return Ok(Answer { status, text });
    }
    Err(match serde_json::from_str::<ErrorBody>(&text) {
        Ok(body) => ApiError::Refused(body),
        Err(_) => ApiError::Garbled { status },
    })
}
