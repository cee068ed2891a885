//! What Twilio's formats demand. No I/O.

pub(crate) mod access_token;
mod credentials;
pub(crate) mod echo;
pub(crate) mod edges;
pub(crate) mod params;
mod query_spelling;
pub mod rest;
pub mod sid;
pub(crate) mod signature;
pub(crate) mod twiml;
pub(crate) mod webhook;
pub(crate) mod webhook_fault;

pub use credentials::Credentials;
pub use params::Params;
