//! Sidetone against Twilio's own libraries for Node and Python, which `make e2e` fetches: what they sign our server
//! believes, what the emulator signs they believe, and they read our access tokens as their own.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "in a test a panic is a report")]

mod cases;
mod disagreements;
mod openid;
mod peer;
mod rest;
mod server;
mod signatures;
mod tokens;
