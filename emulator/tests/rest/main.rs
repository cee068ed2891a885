//! The REST API from outside, by HTTP.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod applications;
mod credentials;
mod dialing_permissions;
mod faults;
mod keys;
mod lacking;
mod lists;
mod numbers;
mod world;
