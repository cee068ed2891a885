use gloo_net::http::Method;
use shared::api::{CallRating, CallRecord, paths};

use super::{ApiError, http};

/// What became of a call of this line, by its CallSid or its attempt.
pub(crate) async fn call_record(call: &str) -> Result<CallRecord, ApiError> {
    http::request(Method::GET, &path(call)).await
}

/// Keeps the rating with the record of a call of this line.
pub(crate) async fn rate_call(call: &str, rating: &CallRating) -> Result<(), ApiError> {
    let path = path(call) + "/" + paths::RATING;
    http::command_with(Method::POST, &path, rating).await
}

fn path(call: &str) -> String {
    let call: String = js_sys::encode_uri_component(call).into();
    [paths::CALLS, "/", &call].concat()
}
