//! Calls: what becomes of one, and what is remembered of it.
//!
//! - [`call`]: a report about a call, and how reports add up; [`params`]: what Twilio's requests report
//! - [`busy`]: when a line's calls keep it busy
//! - `log`: the call log as webhooks write it, which must not fail when the store does
//! - `store`: the call log in the store
//! - `routes`: the TwiML for both directions, Twilio's reports, and what the page asks about calls

pub mod busy;
pub mod call;
mod log;
pub mod params;
mod routes;
pub(crate) mod store;

pub(crate) use log::CallLog;
pub(crate) use routes::configure;
pub use store::{CallStore, MOST_MISSED};
