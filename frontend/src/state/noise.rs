use leptos::prelude::*;

use super::Phone;
use crate::browser::storage;
use crate::model::audio::NoiseFilter;
use crate::sdk::SdkAudio;

/// What this browser remembers.
pub(super) const KEY: &str = "sidetone.noise";

impl Phone {
    pub(crate) fn choose_noise_filter(self, filter: NoiseFilter) {
        storage::set(KEY, filter.code());
        self.sound.audio.update(|audio| audio.noise = filter);
        if self.sound.held.with_value(|held| !held.streams.is_empty()) {
            self.with_sdk_audio(SdkAudio::reopen_microphone);
        }
    }
}
