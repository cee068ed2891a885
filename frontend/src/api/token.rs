use gloo_net::http::Method;
use shared::api::{AccessToken, ErrorCode, paths};

use super::{ApiError, http};
use crate::model::TokenFailure;

/// An access token for the signed-in line.
pub(crate) async fn access_token() -> Result<AccessToken, TokenFailure> {
    http::request(Method::POST, paths::TOKEN).await.map_err(|error: ApiError| {
        if error.is(ErrorCode::SignedOut) {
            TokenFailure::SignedOut
        } else if error.is_unreachable() {
            TokenFailure::Unreachable
        } else {
            TokenFailure::Trouble
        }
    })
}
