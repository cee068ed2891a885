use gloo_net::http::Method;
use shared::api::{CallRecord, paths};

use super::{ApiError, http};

/// What became of a call of this line, by its CallSid or its attempt.
pub(crate) async fn call_record(call: &str) -> Result<CallRecord, ApiError> {
    let path = format!("{}/{}", paths::CALLS, js_sys::encode_uri_component(call));
    http::request(Method::GET, &path).await
}
