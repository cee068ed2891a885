//! Rules. No actix, no SQL, no clock.

pub mod audit;
pub mod call;
pub mod call_params;
pub(crate) mod client_address;
mod dial_ledger;
pub mod dial_limits;
pub mod dial_policy;
pub mod line;
pub mod number_facts;
pub mod passcode;
mod random;
pub mod session_id;
pub mod sign_in_throttle;

pub use dial_ledger::DialLedger;
pub use line::Line;
