use gloo_net::http::Method;
use shared::PhoneNumber;
use shared::api::{DialAnswer, DialQuestion, paths};

use super::{ApiError, http};

/// Would the server dial this?
pub(crate) async fn dial_check(to: &PhoneNumber) -> Result<DialAnswer, ApiError> {
    let question = DialQuestion { to: to.as_str().to_owned() };
    http::request_with(Method::POST, paths::DIAL_CHECK, &question).await
}
