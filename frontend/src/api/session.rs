use gloo_net::http::Method;
use shared::api::{ErrorCode, Session, SignIn, SignInOptions, paths};

use super::{ApiError, http};

/// Who is signed in; `None` when nobody is.
pub(crate) async fn session() -> Result<Option<Session>, ApiError> {
    match http::request(Method::GET, paths::SESSION).await {
        // An older server's word for it.
        Err(error) if error.is(ErrorCode::SignedOut) => Ok(None),
        answer => answer,
    }
}

pub(crate) async fn sign_in(credentials: &SignIn) -> Result<Session, ApiError> {
    http::request_with(Method::POST, paths::SESSION, credentials).await
}

/// Ends the session; one that has ended already is no error.
pub(crate) async fn sign_out() -> Result<(), ApiError> {
    match http::command(Method::DELETE, paths::SESSION).await {
        Err(error) if error.is(ErrorCode::SignedOut) => Ok(()),
        result => result,
    }
}

/// How one can sign in besides number and passcode. An aid only: its failure is no error.
pub(crate) async fn sign_in_options() -> SignInOptions {
    http::request(Method::GET, paths::SIGN_IN_OPTIONS).await.unwrap_or_default()
}
