//! What Twilio's formats demand. No I/O.

pub(crate) mod access_token;
pub(crate) mod echo;
pub(crate) mod edges;
pub(crate) mod signature;
pub(crate) mod twiml;
pub(crate) mod webhook;
mod webhook_fault;
