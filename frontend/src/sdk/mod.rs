//! Twilio's Voice JS SDK: the only module that touches it.
//!
//! Objects of the SDK are wrapped in values that own their listeners; dropping the value unhooks them.

mod audio;
mod call;
mod device;
mod error;
mod listener;
mod load;
mod raw;
mod sample;
mod tones;

pub(crate) use audio::{SdkAudio, sounds_context};
pub(crate) use call::SdkCall;
pub(crate) use device::{DeviceEvent, SdkDevice};
pub(crate) use listener::Listener;
pub(crate) use load::{load, version};
pub(crate) use tones::{keys_sound, let_keys_sound, play_keys};
