//! What a telephone company is, without a socket, a thread or a clock: time is an argument, and what is to be done is a
//! value. It names nothing of [`rim`](crate::rim), which stands above it (`tests/tests/tidy_arrows.rs` in the e2e package).

pub mod account;
pub mod call;
pub mod config;
pub mod exchange;
pub mod media;
pub mod phones;
pub mod recordings;
pub mod rest;
pub mod signaling;
pub mod timeline;
pub mod token;
pub mod twiml;
pub mod webhook;

mod fault;
mod ids;
mod method;

pub use fault::Fault;
pub use ids::Ids;
pub use method::Method;
