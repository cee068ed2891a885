//! Twilio's REST API, as far as `sidetone connect` and `sidetone doctor` need it.
//!
//! Source of the shapes: Twilio's pages "IncomingPhoneNumbers", "Applications", "Keys", "OutgoingCallerIds", "Account"
//! and "Dialing Permissions". Every failure carries Twilio's error code and a cure ([`RestError`]).

mod account;
mod applications;
mod caller_ids;
mod client;
mod cure;
mod error;
mod keys;
mod list;
mod numbers;
mod permissions;
mod retry;

pub use account::{Account, AccountStatus};
pub use applications::Application;
pub use caller_ids::CallerId;
pub use client::{Hosts, Rest};
pub use error::RestError;
pub use keys::{Key, NewKey};
pub use numbers::{Capabilities, Number};
pub use permissions::CountryPermissions;
