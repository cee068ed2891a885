use std::rc::Rc;

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::MediaStream;

use super::Phone;
use crate::browser::denoise::Denoised;
use crate::browser::{media, storage};
use crate::model::audio::NoiseFilter;
use crate::sdk::{SdkAudio, SdkProcessor};

/// What this browser remembers.
pub(super) const KEY: &str = "sidetone.noise";

impl Phone {
    pub(crate) fn choose_noise_filter(self, filter: NoiseFilter) {
        storage::set(KEY, filter.code());
        self.sound.filter_missing.set(false);
        let before = self.sound.noise.get_untracked();
        self.sound.noise.set(filter);
        self.with_sdk_audio(|audio| match (before == NoiseFilter::Strong, filter == NoiseFilter::Strong) {
            // Both have the SDK open the microphone of a call again.
            (false, true) => self.put_filter_into(audio),
            (true, false) => {
                if let Some(processor) = self.sound.held.with_value(|held| held.processor.clone()) {
                    audio.remove_processor(&processor);
                }
            }
            _ if self.sound.held.with_value(|held| !held.streams.is_empty()) => audio.reopen_microphone(),
            _ => {}
        });
    }

    /// The strong filter between microphone and call, where it is wanted.
    pub(super) fn put_filter_into(self, audio: &SdkAudio) {
        if self.sound.noise.get_untracked() != NoiseFilter::Strong {
            return;
        }
        let held = self.sound.held;
        let processor = held.with_value(|held| held.processor.clone()).unwrap_or_else(|| {
            let forget = move |sent: MediaStream| {
                held.try_update_value(|held| {
                    held.denoised.retain(|denoised| !media::share_track(&denoised.clean, &sent));
                });
            };
            Rc::new(SdkProcessor::new(move |raw| self.denoise(raw), forget))
        });
        held.update_value(|held| held.processor = Some(Rc::clone(&processor)));
        audio.add_processor(&processor);
    }

    /// The stream without noise; the stream as it is where that cannot be had: better noisy than mute.
    fn denoise(self, raw: MediaStream) -> Promise {
        future_to_promise(async move {
            let denoised = Denoised::new(media::same(&raw)).await;
            self.sound.filter_missing.try_set(denoised.is_err());
            let Ok(denoised) = denoised else { return Ok(raw.into()) };
            let clean = media::same(&denoised.clean);
            self.sound.held.try_update_value(|held| held.denoised.push(denoised));
            Ok(clean.into())
        })
    }
}
