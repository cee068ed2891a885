//! The HTTP surface, through a real socket.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, outside the functions that clippy takes for tests"
)]

mod admin;
mod bad_input;
mod busy;
mod calls;
mod connection_test;
mod contacts;
mod databases;
mod devices;
mod dial_policy;
mod events;
#[cfg(unix)]
mod faults;
mod forger;
mod headers;
mod helpers;
#[cfg(target_os = "linux")]
mod listeners;
mod one_time_code;
mod openid;
mod operations;
mod origins;
mod rating;
mod replicas;
mod sign_in;
mod slow;
mod store_down;
mod throttle;
mod token;
mod twiml;
mod ui;
mod webhooks;
