//! Which microphone, speaker and ringer are in use: what the browser has, what the user wants, and what becomes of it when
//! something is plugged in or out.

mod device;
mod level;
mod machine;
mod noise;
mod notice;
mod ringtone;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod trouble;

pub use device::{AudioDevice, Role, tidy};
pub use level::meter_percent;
pub use machine::{Audio, AudioEffect, AudioEvent};
pub use noise::NoiseFilter;
pub use notice::{AudioNotice, Change};
pub use ringtone::Ringtone;
pub use trouble::Trouble;
