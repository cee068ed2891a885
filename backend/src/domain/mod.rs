//! Rules. No actix, no SQL, no clock.

pub mod audit;
pub mod browser_secret;
pub mod busy;
pub mod call;
pub mod call_params;
pub(crate) mod client_address;
pub mod complaints;
mod credential;
pub mod device_name;
mod dial_ledger;
pub mod dial_limits;
pub mod dial_policy;
pub mod email;
pub mod failures;
pub mod line;
pub mod number_facts;
pub mod one_time_code;
pub mod passcode;
mod random;
pub mod session;
pub mod sign_in_throttle;
mod time_zones;

pub use credential::Credential;
pub use dial_ledger::DialLedger;
pub use line::Line;
pub use time_zones::time_zones;
