//! The part of Twilio's REST API that a phone needs (<https://www.twilio.com/docs/usage/api>).
//!
//! A request, the account and the calls of the moment give an answer, perhaps a changed account, and what is to be done
//! to a call.

mod account;
mod answer;
mod applications;
mod auth;
mod balance;
mod caller_ids;
mod calls;
mod deed;
mod dialing_permissions;
mod fields;
mod keys;
mod lacking;
mod numbers;
mod page;
mod recordings;
mod request;
mod router;
mod times;
mod twilio_paths;

#[cfg(test)]
mod tests;

pub use answer::{Answer, File, RestError};
pub use calls::ended;
pub use deed::{Deed, Source};
pub(crate) use lacking::NOT_IMPLEMENTED;
pub use request::Request;
pub use router::{Books, answer};
