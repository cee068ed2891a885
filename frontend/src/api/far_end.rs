use gloo_net::http::Method;
use shared::PhoneNumber;
use shared::api::{FarEnd, FarEndQuestion, paths};

use super::{ApiError, http};

/// Who and where is the phone of this number?
pub(crate) async fn far_end(number: PhoneNumber) -> Result<FarEnd, ApiError> {
    http::request_with(Method::POST, paths::FAR_END, &FarEndQuestion { number }).await
}
