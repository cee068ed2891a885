//! External phones, as a test or a person uses them.

mod attestation;
mod call;
mod error;
mod phone;
mod status;

pub use attestation::Attestation;
pub use call::PhoneCall;
pub use error::{CallError, PhoneWaitError};
pub use phone::Phone;
pub use status::{EndReason, PhoneCallStatus};
