//! The part of Twilio's REST API that a phone needs (<https://www.twilio.com/docs/usage/api>).
//!
//! [`answer`] is pure: a request and the account give an answer and perhaps a changed account. `http` is its socket,
//! with the faults that a test may order.

mod account;
mod answer;
mod applications;
mod auth;
mod balance;
mod caller_ids;
mod dialing_permissions;
mod fields;
mod http;
mod keys;
mod lacking;
mod numbers;
mod page;
mod request;
mod rim;
mod twilio_paths;

#[cfg(test)]
mod tests;

pub use answer::{Answer, RestError, answer};
pub use http::configure;
pub use request::Request;
pub use rim::{FailRest, RestCall, RestRim};
