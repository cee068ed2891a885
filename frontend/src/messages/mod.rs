//! Which text says what a state means: what is wrong, and what to do about it. Knows [`crate::model`], which does not know it;
//! the words are in [`crate::text`].

mod audio;
mod audit;
mod call;
mod line;
mod number;
mod quality;
mod server;
mod settings;
mod sign_in;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod twilio;

pub use audio::{audio_notice, audio_trouble, audio_trouble_cure};
pub use audit::{audit_detail, audit_kind};
pub use call::{announcement, call_status, end_reason, peer, refusal, title};
pub use line::{cure, line_status, line_trouble, not_ready};
pub use number::{note, phone_number, unclear};
pub use quality::{attestation, figure, grade, issue, measure, quality_trouble, verdict};
pub use server::{demo_phone, server_error, soon};
pub use settings::{ago, device_history, device_name};
pub use sign_in::{passcode_advice, sign_in_error};
pub use twilio::twilio_error;
