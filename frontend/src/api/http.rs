use gloo_net::http::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::paths;
use wasm_bindgen::JsValue;
use web_sys::{AbortSignal, File, RequestCache, RequestCredentials};

use super::ApiError;
use crate::browser::page;

/// Long enough for a slow mobile network, short enough not to look dead.
const TIMEOUT_MS: u32 = 10_000;
const FILE_TIMEOUT_MS: u32 = 130_000;

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
    ask(method, path, None).await?.done()
}

/// A file as it is; a long one, over a slow network, takes its time.
pub(super) async fn send_file<T: DeserializeOwned>(path: &str, file: &File) -> Result<T, ApiError> {
    let body = Body { content: file.into(), kind: "application/octet-stream", patience_ms: FILE_TIMEOUT_MS };
    ask(Method::POST, path, Some(body)).await?.read()
}

/// The path with those of the values that there are, as its query.
pub(super) fn with_query(path: &str, values: &[(&str, Option<&str>)]) -> String {
    let mut path = path.to_owned();
    for (name, value) in values {
        if let Some(value) = value {
            let value: String = js_sys::encode_uri_component(value).into();
            path += &[if path.contains('?') { "&" } else { "?" }, name, "=", &value].concat();
        }
    }
    path
}

/// A request with a JSON body whose answer has none of interest.
pub(super) async fn command_with(method: Method, path: &str, body: &impl Serialize) -> Result<(), ApiError> {
    ask(method, path, Some(json(body)?)).await?.done()
}

struct Body {
    content: JsValue,
    kind: &'static str,
    patience_ms: u32,
}

struct Answer {
    /// Our server says that it is its own. One that does not, but can be understood, is an older server's, or came through a
    /// proxy that takes headers away.
    own: bool,
    text: String,
}

impl Answer {
    fn read<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        serde_json::from_str(&self.text).map_err(|_| self.not_understood())
    }

    fn not_understood(&self) -> ApiError {
        if self.own { ApiError::Garbled } else { ApiError::Unreachable }
    }

    /// What was asked for is done. Of an answer without a body that must be known: a page that asks for a signature in the
    /// hotel's Wi-Fi is a success, too.
    fn done(&self) -> Result<(), ApiError> {
        if self.own || self.text.is_empty() { Ok(()) } else { Err(ApiError::Unreachable) }
    }
}

fn json(body: &impl Serialize) -> Result<Body, ApiError> {
    let text = serde_json::to_string(body).map_err(|_| ApiError::Unreachable)?;
    Ok(Body { content: text.into(), kind: "application/json", patience_ms: TIMEOUT_MS })
}

/// Asks the server, whose answers are never kept.
async fn ask(method: Method, path: &str, body: Option<Body>) -> Result<Answer, ApiError> {
    exchange(method, &address(path), RequestCache::NoStore, body).await
}

/// Not generic: what knows the shapes would be in the download once for each of them.
async fn exchange(
    method: Method,
    address: &str,
    cache: RequestCache,
    body: Option<Body>,
) -> Result<Answer, ApiError> {
    let patience_ms = body.as_ref().map_or(TIMEOUT_MS, |body| body.patience_ms);
    let signal = AbortSignal::timeout_with_u32(patience_ms);
    let builder = RequestBuilder::new(address)
        .method(method)
        .cache(cache)
        // The session's cookie goes to a server of another origin as well; the server says which pages may read answers.
        .credentials(RequestCredentials::Include)
        .abort_signal(Some(&signal));
    let request = match body {
        Some(body) => builder.header("Content-Type", body.kind).body(body.content),
        None => builder.build(),
    };
    let failed = || if signal.aborted() { ApiError::TimedOut } else { ApiError::Unreachable };
    let response = request.map_err(|_| ApiError::Unreachable)?.send().await.map_err(|_| failed())?;
    let own = response.headers().get(paths::OWN_HEADER).is_some();
    let answer = Answer { own, text: response.text().await.map_err(|_| failed())? };
    if response.ok() {
        return Ok(answer);
    }
    Err(answer.read().map_or_else(|error| error, ApiError::Refused))
}
