//! What a handler may ask for. One extractor a file; each one either holds what it promises or refuses the request.

mod body;
mod client_address;
mod json;
mod signed_form;
mod vouched;

pub(crate) use body::{limit_of, read_file};
pub(crate) use client_address::client_address;
pub(crate) use json::Json;
pub(crate) use signed_form::SignedForm;
pub(crate) use vouched::{is_vouched_for, vouch_for};
