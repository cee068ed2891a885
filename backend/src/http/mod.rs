//! HTTP: one app for the server, the tests and whatever else serves it. It knows the capabilities by their `configure` only.
//!
//! - [`application`]: from settings to a running server ([`start_error`]: or why not); [`server`]: the same in a thread of its own
//! - `app`, `configure`, `resource`: what is served, and the kinds of resources
//! - `state`: what every request can reach
//! - `extract`, `middleware`, `forwarded`: what a request must pass first
//! - `error`: what an answer says of a failure; `complaints`: what strangers can bring about as often as they like
//! - `listener`: how connections are accepted; `operations`, `health`: figures and health

pub(crate) mod app;
pub mod application;
pub(crate) mod complaints;
mod configure;
pub(crate) mod error;
pub(crate) mod extract;
mod forwarded;
mod health;
pub(crate) mod listener;
pub(crate) mod middleware;
pub(crate) mod operations;
pub(crate) mod resource;
pub mod server;
mod signature_check;
pub mod start_error;
pub(crate) mod state;

pub use application::{Application, Sockets, Stopper};
pub use server::Server;
pub use start_error::StartError;
