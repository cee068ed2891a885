//! The account while it lives: what the configuration gave it and the REST API changed since. No I/O, no clock.

mod application;
mod caller_id;
mod change;
mod configured;
mod countries;
mod country;
mod dialled;
mod key;
mod number;
mod permissions;
mod standing;
mod state;
mod voice;

pub use application::Application;
pub use caller_id::CallerId;
pub use change::AccountChange;
pub use configured::{Account, Number};
pub use country::{Continent, Country};
pub(crate) use dialled::is_e164;
pub use key::{Key, KeyKind};
pub use number::OwnedNumber;
pub use permissions::{Permission, Permissions};
pub use standing::{AccountKind, AccountStatus};
pub use state::{AccountState, Handling};
pub use voice::{VoiceSettings, present};
