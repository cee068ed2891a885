//! The Sidetone server: access tokens, TwiML, the call log, and the UI.
//!
//! One folder for each thing that it can do, with its rules, its store and its routes:
//!
//! - [`calls`], [`contacts`], [`dialling`], [`lines`], [`sign_in`], [`events`], [`audit`], `admin`, [`page`]
//!
//! and what they stand on:
//!
//! - [`http`]: the app, the server, what a request must pass
//! - [`store`]: opening, migrating, the engines; it knows no theme
//! - `twilio`: what Twilio's formats demand (JWT, signature, TwiML), no I/O; `twilio::rest`: its REST API
//! - [`config`]: [`Settings`], where they come from, and what is wrong with them
//! - [`service_manager`]: the sockets that systemd has opened, and what it is told
//! - [`public_url`]: how the server is reached; [`failures`]: how often somebody may try
//! - [`clock`], `random`, [`file_rights`], [`page_source`], `private_file`, `searched`, [`telemetry`], [`web_client`]: the machine
//!
//! Beside the server: [`connect`] (`sidetone connect`), [`doctor`] (`sidetone doctor`), `demo` (feature `demo`): server and
//! emulator together on loopback, `lambda` (feature `lambda`): the app behind API Gateway, `testing` (feature `testing`): what tests reach that no socket leads to.

mod admin;
pub mod audit;
pub mod calls;
pub mod clock;
pub mod config;
pub mod connect;
pub mod contacts;
#[cfg(feature = "demo")]
pub mod demo;
pub mod dialling;
pub mod doctor;
pub mod error_chain;
pub mod events;
pub mod failures;
pub mod file_rights;
pub mod http;
#[cfg(feature = "lambda")]
pub mod lambda;
pub mod lines;
pub mod page;
pub mod page_source;
mod private_file;
pub mod public_url;
mod random;
mod searched;
pub mod service_manager;
pub mod sign_in;
pub mod store;
pub mod telemetry;
#[cfg(feature = "testing")]
pub mod testing;
pub mod twilio;
pub mod web_client;

pub use config::Settings;
pub use http::{Application, Server};
