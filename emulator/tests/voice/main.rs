//! The emulator from outside: a WebSocket client in the place of the SDK, a small TwiML application, scripted phones.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod account;
mod application;
mod bad_input;
mod browser;
mod callees;
mod certificates;
mod documents;
mod fallback;
mod flood;
mod gather;
mod http;
mod incoming;
mod lacking;
mod leftovers;
mod lifetime;
mod lines;
mod outgoing;
mod phones;
mod reconnect;
mod record;
mod registration;
mod replies;
mod requests;
mod rest_calls;
mod tls;
mod token;
mod world;
