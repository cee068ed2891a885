//! Audio: WebRTC for browsers, sounds and ears for the phones that exist only here, and who hears whom.
//!
//! Everything is G.711 µ-law at 8 kHz in frames of 20 ms, as on the telephone network. No socket, no clock.

pub(crate) mod analysis;
mod dtmf;
pub(crate) mod endpoint;
mod error;
mod event;
pub(crate) mod frame;
pub(crate) mod g711;
pub(crate) mod graph;
mod hears;
mod key;
mod playout;
mod recorder;
pub(crate) mod sdp;
pub(crate) mod sound;
mod speech;

#[cfg(test)]
mod tests;

pub use analysis::Heard;
pub use error::MediaError;
pub use event::{EndpointId, Measurement, MediaEvent};
pub use hears::Hears;
pub use key::MediaKey;
pub use recorder::{Ended, Limits, Recorded, trimmed};
pub use sdp::{check_offer, prefers_opus};
pub use sound::Sound;
