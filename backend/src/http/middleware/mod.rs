//! What every request passes.

mod body_limit;
mod measure;
mod other_origins;
mod request_id;
mod request_log;
mod same_origin;
mod security_headers;

pub(crate) use body_limit::body_limit;
pub(crate) use measure::measure;
pub(crate) use other_origins::other_origins;
pub(crate) use request_id::request_id;
pub(crate) use request_log::request_log;
pub(crate) use same_origin::same_origin;
#[cfg(feature = "lambda")]
pub(crate) use security_headers::{NOTHING, add_headers};
pub(crate) use security_headers::{headers_of_every_answer, security_headers};
