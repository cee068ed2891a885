use gloo_net::http::Method;
use shared::api::{PasscodeChange, SignedInDevice, paths};

use super::{ApiError, http};

/// The browsers in which the line is signed in.
pub(crate) async fn devices() -> Result<Vec<SignedInDevice>, ApiError> {
    http::request(Method::GET, paths::DEVICES).await
}

pub(crate) async fn sign_out_device(id: &str) -> Result<(), ApiError> {
    let path = format!("{}/{}", paths::DEVICES, js_sys::encode_uri_component(id));
    http::command(Method::DELETE, &path).await
}

/// This one too.
pub(crate) async fn sign_out_everywhere() -> Result<(), ApiError> {
    http::command(Method::DELETE, paths::DEVICES).await
}

pub(crate) async fn change_passcode(change: &PasscodeChange) -> Result<(), ApiError> {
    http::command_with(Method::POST, paths::PASSCODE, change).await
}
