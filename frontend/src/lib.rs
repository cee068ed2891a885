//! Sidetone's dial pad: a Leptos app that binds to Twilio's Voice JS SDK.
//!
//! - [`model`]: what the phone knows and decides; pure, compiled and tested on every target
//! - [`messages`]: which text says what a state of the model means
//! - [`text`]: every text that the user sees, in every language; compiled from `messages/`
//! - `sdk`: the only place that touches the JS SDK
//! - `api`: the only place that touches the network
//! - `browser`: the other web APIs, turned into Rust once
//! - `state`: feeds events into the model and runs its effects
//! - `later`: what code has in common that is loaded later
//! - `components`: what is seen; no knowledge of JS
//!
//! Everything but `model`, `messages` and `text` exists for `wasm32` only.

pub mod messages;
pub mod model;
pub mod text;

#[cfg(target_arch = "wasm32")]
mod api;
#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "the component macro makes the structs of the properties public")]
mod components;
#[cfg(target_arch = "wasm32")]
mod later;
#[cfg(target_arch = "wasm32")]
mod sdk;
#[cfg(target_arch = "wasm32")]
mod state;

#[cfg(target_arch = "wasm32")]
pub use app::start;
