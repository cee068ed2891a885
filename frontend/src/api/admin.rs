use gloo_net::http::Method;
use shared::PhoneNumber;
use shared::api::{
    AdminLines, AuditPage, AuditTheme, LineChange, NewLine, OneTimeCode, SignedInDevice, paths,
};

use super::{ApiError, http};

pub(crate) async fn admin_lines() -> Result<AdminLines, ApiError> {
    http::request(Method::GET, paths::ADMIN_LINES).await
}

pub(crate) async fn add_line(line: &NewLine) -> Result<OneTimeCode, ApiError> {
    http::request_with(Method::POST, paths::ADMIN_LINES, line).await
}

pub(crate) async fn change_line(number: &PhoneNumber, change: &LineChange) -> Result<(), ApiError> {
    http::command_with(Method::POST, &of(number, ""), change).await
}

pub(crate) async fn remove_line(number: &PhoneNumber) -> Result<(), ApiError> {
    http::command(Method::DELETE, &of(number, "")).await
}

/// Ends the line's passcode and its sessions.
pub(crate) async fn give_code(number: &PhoneNumber) -> Result<OneTimeCode, ApiError> {
    http::request(Method::POST, &of(number, paths::CODE)).await
}

pub(crate) async fn lift_lock(number: &PhoneNumber) -> Result<(), ApiError> {
    http::command(Method::DELETE, &of(number, paths::LOCK)).await
}

pub(crate) async fn devices_of(number: &PhoneNumber) -> Result<Vec<SignedInDevice>, ApiError> {
    http::request(Method::GET, &of(number, paths::LINE_DEVICES)).await
}

pub(crate) async fn sign_out_device_of(number: &PhoneNumber, id: &str) -> Result<(), ApiError> {
    let id: String = js_sys::encode_uri_component(id).into();
    http::command(Method::DELETE, &[&of(number, paths::LINE_DEVICES), "/", &id].concat()).await
}

pub(crate) async fn sign_out_all_of(number: &PhoneNumber) -> Result<(), ApiError> {
    http::command(Method::DELETE, &of(number, paths::LINE_DEVICES)).await
}

/// Entries of the audit log, the last ones, or those before a place that a page has named.
pub(crate) async fn audit_page(
    before: Option<&str>,
    line: Option<&PhoneNumber>,
    about: Option<AuditTheme>,
) -> Result<AuditPage, ApiError> {
    let values =
        [("before", before), ("line", line.map(PhoneNumber::as_str)), ("about", about.map(AuditTheme::word))];
    http::request(Method::GET, &http::with_query(paths::ADMIN_AUDIT, &values)).await
}

/// What is a line's, with the rest of its path.
fn of(number: &PhoneNumber, rest: &str) -> String {
    let slash = if rest.is_empty() { "" } else { "/" };
    [paths::ADMIN_LINES, "/", number.as_str(), slash, rest].concat()
}
