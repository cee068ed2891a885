use gloo_net::http::Method;
use shared::api::{MissedCalls, paths};

use super::{ApiError, http};

/// The line's calls after this moment (the server's seconds) that nobody took.
pub(crate) async fn missed_calls(after: Option<i64>) -> Result<MissedCalls, ApiError> {
    let path = match after {
        Some(after) => [paths::MISSED_CALLS, "?after=", &after.to_string()].concat(),
        None => paths::MISSED_CALLS.to_owned(),
    };
    http::request(Method::GET, &path).await
}
