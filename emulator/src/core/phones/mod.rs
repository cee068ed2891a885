//! External phones: what they do, what their network says of them, where their calls stand.

mod attestation;
mod behaviour;
mod error;
mod status;

pub use attestation::Attestation;
pub use behaviour::{Behaviour, PhoneSeed};
pub use error::CallError;
pub use status::{EndReason, PhoneCallStatus};
