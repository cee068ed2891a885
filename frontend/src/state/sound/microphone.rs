use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;
use web_sys::MediaStream;

use super::Held;
use crate::browser::media;
use crate::model::audio::{Audio, AudioEvent, Role, Trouble};
use crate::model::{Call, LegEvent};
use crate::state::Phone;

/// After this long, the SDK sends what it will send.
const SETTLE_MS: u32 = 1_000;
/// When a microphone has not opened after this long, the user is told what is waited for.
const PATIENCE_MS: u32 = 3_000;

impl Phone {
    /// The microphone for a call, as the SDK wants it.
    pub(in crate::state) fn microphone_for_call(self) -> Promise {
        future_to_promise(async move {
            // Before the SDK has it: what is chosen in a call has put the filter there itself.
            if self.sound.held.with_value(|held| held.streams.is_empty()) {
                self.put_filter_in().await;
            }
            let stream = self.open_microphone().await?;
            let opened = self.sound.held.try_update_value(|held| {
                held.streams.push(media::same(&stream));
                held.opened += 1;
                held.opened
            });
            self.tidy_microphones(opened);
            if !self.calls.call.with_untracked(|call| call.as_ref().is_some_and(Call::is_live)) {
                // The user hung up while the browser asked.
                self.release_microphone();
            }
            Ok(stream.into())
        })
    }

    /// When a device is unplugged, several parts of the SDK open a microphone, and it forgets all but one. The others are let go
    /// when it has made up its mind.
    fn tidy_microphones(self, opened: Option<u32>) {
        let held = self.sound.held;
        spawn_local(async move {
            TimeoutFuture::new(SETTLE_MS).await;
            let busy = |held: &Held| held.filter.as_ref().is_some_and(|filter| filter.is_busy());
            while held.try_with_value(busy) == Some(true) {
                TimeoutFuture::new(SETTLE_MS).await;
            }
            if held.try_with_value(|held| held.opened) != opened {
                return;
            }
            // A microphone that is over is about to be replaced.
            if let Some(sent) = self.local_stream().filter(media::is_live) {
                held.try_update_value(|held| held.keep_only(sent));
            }
        });
    }

    /// What the far end hears; `None` where this tab has no call.
    pub(crate) fn local_stream(self) -> Option<MediaStream> {
        let leg = self.calls.call.with_untracked(|call| call.as_ref().map(|call| call.leg))?;
        self.with(|core| core.calls.sdk_call(leg))?.local_stream()
    }

    /// Opens the chosen microphone, or what the system uses in its absence.
    ///
    /// # Errors
    /// The browser's; the trouble is noted.
    pub(crate) async fn open_microphone(self) -> Result<MediaStream, JsValue> {
        let waits = Rc::new(Cell::new(false));
        let told = Rc::clone(&waits);
        let patience = Timeout::new(PATIENCE_MS, move || {
            told.set(true);
            self.feed_audio(AudioEvent::Waits(true));
        });
        let id = self.sound.audio.with_untracked(|audio| audio.id(Role::Microphone).map(str::to_owned));
        let suppress_noise = self.sound.audio.with_untracked(Audio::browser_filters);
        let mut opened = open_or_default(id.as_deref(), suppress_noise).await;
        if let Ok(any) = &opened
            && self.sound.audio.with_untracked(Audio::chooses_unseen)
        {
            // The first one tells the names. The SDK must not learn of another one later: in Firefox it would stop the new one.
            if let Some(devices) = media::devices().await {
                self.feed_audio(AudioEvent::Devices(devices));
            }
            let id = self.sound.audio.with_untracked(|audio| audio.id(Role::Microphone).map(str::to_owned));
            if let Some(id) = id.filter(|id| !media::is_of(any, id)) {
                media::stop(any);
                opened = open_or_default(Some(&id), suppress_noise).await;
            }
        }
        drop(patience);
        if waits.get() {
            self.feed_audio(AudioEvent::Waits(false));
        }
        let trouble = opened
            .as_ref()
            .err()
            .map(|error| media::lacking().unwrap_or_else(|| Trouble::from_error(&media::error_name(error))));
        self.feed_audio(AudioEvent::Opened(trouble.map_or(Ok(()), Err)));
        // The first time, the names become known.
        self.look_for_devices();
        opened
    }

    /// Other tabs that show the call know of its microphone by the call alone.
    pub(in crate::state) fn tell_call_of_microphone(self) {
        let trouble = self.sound.audio.with_untracked(Audio::microphone_trouble);
        let call = self
            .with(|core| core.calls.call().filter(|call| call.microphone != trouble).map(|call| call.leg));
        if let Some(leg) = call {
            self.feed_leg(leg, LegEvent::Microphone(trouble));
        }
    }

    /// Asks for the microphone, and lets it go again: has the browser ask its question, and clears trouble that is gone.
    pub(crate) fn try_microphone(self) {
        spawn_local(async move {
            if let Ok(stream) = self.open_microphone().await {
                media::stop(&stream);
            }
        });
    }
}

/// What the system uses is opened where this one was unplugged a moment ago.
async fn open_or_default(id: Option<&str>, suppress_noise: bool) -> Result<MediaStream, JsValue> {
    let opened = media::open_microphone(id, suppress_noise).await;
    match &opened {
        Err(error) if id.is_some() && Trouble::from_error(&media::error_name(error)) == Trouble::Missing => {
            media::open_microphone(None, suppress_noise).await
        }
        _ => opened,
    }
}
