//! External phones, as a test or a person uses them.

mod call;
mod phone;
mod wait_error;

pub use call::PhoneCall;
pub use phone::Phone;
pub use wait_error::PhoneWaitError;
