use std::rc::Rc;

use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use crate::browser::storage;
use crate::model::audio::{Audio, AudioEvent, NoiseFilter};
use crate::sdk::NoiseProcessor;
use crate::state::Phone;

/// What this browser remembers.
pub(super) const KEY: &str = "sidetone.noise";

impl Phone {
    pub(crate) fn choose_noise_filter(self, filter: NoiseFilter) {
        storage::set(KEY, filter.code());
        self.sound.shown.update(|audio| audio.choose_noise(filter));
        self.switch_filter();
    }

    /// Opens the microphone of a call again with what is chosen. One at a time: the SDK sends what has come last, not what it was
    /// told last.
    fn switch_filter(self) {
        let held = self.sound.held;
        let asked = held.try_update_value(|held| {
            held.switches += 1;
            held.switches
        });
        if asked != Some(1) {
            return;
        }
        spawn_local(async move {
            while let Some(asked @ 1..) = held.try_with_value(|held| held.switches) {
                let put_in = self.put_filter_in().await;
                let in_call = held.try_with_value(|held| !held.streams.is_empty()) == Some(true);
                if in_call
                    && !put_in
                    && let Some(audio) = self.sdk_audio()
                {
                    audio.reopen_microphone().done().await;
                }
                held.try_update_value(|held| held.switches -= asked);
            }
        });
    }

    /// The strong filter between microphone and call, where it is wanted. It stays there: what it does with a microphone is
    /// decided when that is opened. True where that had the microphone of a call opened again.
    pub(super) async fn put_filter_in(self) -> bool {
        if !self.sound.audio.with_untracked(Audio::strong_filter_wanted) {
            return false;
        }
        let held = self.sound.held;
        if held.with_value(|held| held.filter.is_none()) {
            let wanted = move || self.sound.audio.with_untracked(Audio::strong_filter_wanted);
            let Ok(filter) = NoiseProcessor::load(wanted, move |in_call| self.go_without(in_call)).await
            else {
                self.feed_audio(AudioEvent::FilterMissing);
                return false;
            };
            held.try_update_value(|held| held.filter.get_or_insert(Rc::new(filter)).clone());
        }
        let filter = held.try_with_value(|held| held.filter.clone()).flatten();
        let (Some(filter), Some(audio)) = (filter, self.sdk_audio()) else {
            return false;
        };
        match audio.add_processor(&filter) {
            Some(reopened) => {
                reopened.done().await;
                true
            }
            None => false,
        }
    }

    /// The filter cannot be had. Better noisy than mute.
    fn go_without(self, in_call: bool) -> Promise {
        self.feed_audio(AudioEvent::FilterMissing);
        if in_call {
            self.switch_filter();
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        self.microphone_for_call()
    }
}
