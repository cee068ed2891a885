//! The Sidetone server: access tokens, TwiML, the call log, and the UI.
//!
//! - [`config`]: [`Settings`], where they come from, and what is wrong with them
//! - [`startup`], [`server`]: from settings to a running server ([`Application`], [`Server`])
//! - `routes`: one file per endpoint; `extract`, `middleware`: what a request must pass first
//! - `twilio`: what Twilio's formats demand (JWT, signature, TwiML); no I/O
//! - [`domain`]: rules (passcodes, whom a line may dial, what a callback says about a call); no actix, no SQL
//! - [`store`]: lines, sessions and calls behind one trait
//! - `sign_in`, `passcodes`, `cookies`: what the ways to sign in share
//! - `openid`: sign-in by OpenID Connect
//! - `complaint_log`: what strangers can bring about as often as they like, as it stands in the log
//! - `audit`: who signed in, what was refused, what was changed
//! - `content_security_policy`, `ui_files`: the page, and what it may do
//! - `directory`, `call_log`: the store seen by a TwiML answer, which must not fail when the store does
//! - [`doctor`]: what `sidetone doctor` looks at
//! - [`provision`]: what `sidetone connect` changes in a Twilio account, and how to take it back
//! - [`twilio_rest`]: Twilio's REST API, as far as `connect` and `doctor` need it
//! - [`clock`]: the time, where it is asked for
//! - [`file_rights`]: what the rights of files allow
//! - `listener`: how connections are accepted
//! - `operations`: figures and health, on a listener of their own
//! - `demo` (feature `demo`): server and emulator together on loopback

mod audit;
mod call_log;
pub mod clock;
mod complaint_log;
pub mod config;
mod content_security_policy;
mod cookies;
#[cfg(feature = "demo")]
pub mod demo;
mod dialling;
mod directory;
pub mod doctor;
pub mod domain;
mod error;
mod extract;
pub mod file_rights;
mod listener;
mod middleware;
mod openid;
mod operations;
mod passcodes;
mod private_file;
pub mod provision;
mod routes;
pub mod server;
mod sign_in;
mod sounds;
pub mod startup;
mod state;
pub mod store;
pub mod telemetry;
#[doc(hidden)]
pub mod testing;
mod twilio;
pub mod twilio_rest;
mod ui_files;

pub use config::Settings;
pub use server::Server;
pub use startup::Application;
