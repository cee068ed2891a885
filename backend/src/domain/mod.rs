//! Rules. No actix, no SQL, no clock.

pub mod audit;
pub mod call;
pub mod call_params;
pub(crate) mod client_address;
pub mod dial_policy;
pub mod line;
pub mod passcode;
mod random;
pub mod session_id;
pub mod sign_in_throttle;

pub use line::Line;
