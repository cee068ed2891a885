use gloo_net::http::Method;
use serde::Deserialize;
use shared::api::{CallOutcome, CallRating, paths};

use super::{ApiError, http};

/// What of `shared::api::CallRecord` the phone wants to know: reading the rest as well would be 1 KB more to download.
#[derive(Deserialize)]
struct Record {
    outcome: CallOutcome,
}

/// What became of a call of this line, by its CallSid or its attempt.
pub(crate) async fn call_outcome(call: &str) -> Result<CallOutcome, ApiError> {
    let record: Record = http::request(Method::GET, &path(call)).await?;
    Ok(record.outcome)
}

/// This softphone, which had the call, has it no more.
pub(crate) async fn leave_call(call: &str) -> Result<(), ApiError> {
    http::command(Method::POST, &(path(call) + "/" + paths::LEFT)).await
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
