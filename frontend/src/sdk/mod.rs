//! Twilio's Voice JS SDK: the only module that touches it.
//!
//! Objects of the SDK are wrapped in values that own their listeners; dropping the value unhooks them.

mod audio;
mod call;
mod device;
mod error;
mod feedback;
mod listener;
mod load;
mod noise;
mod preflight;
mod raw;
mod sample;
mod tones;

pub(crate) use audio::{SdkAudio, sounds_context};
pub(crate) use call::SdkCall;
pub(crate) use device::{DeviceEvent, SdkDevice, sound_address};
pub(crate) use feedback::SdkFeedback;
pub(crate) use listener::Listener;
pub(crate) use load::{load, version};
pub(crate) use noise::NoiseProcessor;
pub(crate) use preflight::{PreflightEvent, SdkPreflight};
pub(crate) use tones::{keys_sound, let_keys_sound, play_keys};
