//! The part of Twilio's REST API that a phone needs (<https://www.twilio.com/docs/usage/api>).
//!
//! A request and the account give an answer and perhaps a changed account.

mod account;
mod answer;
mod applications;
mod auth;
mod balance;
mod caller_ids;
mod dialing_permissions;
mod fields;
mod keys;
mod lacking;
mod numbers;
mod page;
mod request;
mod twilio_paths;

#[cfg(test)]
mod tests;

pub use answer::{Answer, RestError, answer};
pub(crate) use lacking::NOT_IMPLEMENTED;
pub use request::Request;
