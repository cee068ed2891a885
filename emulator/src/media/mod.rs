//! The media engine: WebRTC audio for browsers, sounds and ears for the phones that exist only here.
//!
//! Everything is G.711 µ-law at 8 kHz in frames of 20 ms, as on the telephone network. [`MediaEngine`] is
//! the handle; the work is done on one thread with one UDP socket for each address of the machine,
//! which serve all calls. Other machines are not heard and not spoken to.

mod analysis;
mod driver;
mod dtmf;
mod endpoint;
mod engine;
mod error;
mod event;
mod faults;
mod g711;
mod graph;
mod own;
mod playout;
mod sdp;
mod sockets;
mod sound;
mod speech;

#[cfg(test)]
mod tests;

pub use analysis::Heard;
pub use engine::MediaEngine;
pub use error::MediaError;
pub use event::{EndpointId, Feed, Measurement, MediaEvent};
pub use sound::Sound;
