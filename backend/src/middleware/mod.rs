//! What every request passes.

mod body_limit;
mod request_log;
mod same_origin;
mod security_headers;

pub(crate) use body_limit::body_limit;
pub(crate) use request_log::request_log;
pub(crate) use same_origin::same_origin;
pub(crate) use security_headers::security_headers;
