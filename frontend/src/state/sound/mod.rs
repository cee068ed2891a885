//! The desk of the sound: devices by name, microphone, ring, noise filter, and what is in their way.

mod microphone;
mod noise;

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{AudioContextState, MediaStream};

use super::lasting::{Lasting, Shown};
use super::{Phone, whenever};
use crate::browser::{self, media, storage};
use crate::model::audio::{Audio, AudioEffect, AudioEvent, NoiseFilter, Ringtone, Role};
use crate::model::{Call, Phase};
use crate::sdk::{self, NoiseProcessor, SdkAudio};

/// What this browser remembers.
const RINGTONE_KEY: &str = "sidetone.ringtone";

/// After this long, a new context for sounds runs if it may.
const SETTLE_MS: u32 = 300;
/// Pauses before the SDK is told to let the microphone go: a call that has just ended may still be one to the SDK.
const RELEASE_AFTER_MS: [u32; 4] = [0, 200, 1_000, 3_000];

/// What components see of devices, choices and trouble.
#[derive(Clone, Copy)]
pub(crate) struct SoundDesk {
    pub(crate) audio: Shown<Audio>,
    shown: Lasting<Audio>,
    held: StoredValue<Held, LocalStorage>,
}

/// What belongs to the browser.
#[derive(Default)]
struct Held {
    /// What was opened for the call, the latest last.
    streams: Vec<MediaStream>,
    /// How often a microphone was opened for a call.
    opened: u32,
    /// For the life of the page.
    listeners: Vec<browser::Listener>,
    /// The strong noise filter, once it has been wanted.
    filter: Option<Rc<NoiseProcessor>>,
    /// How often something else was chosen against noise that is not in place yet.
    switches: u32,
    sdk_listener: Option<sdk::Listener>,
    context_listener: Option<browser::Listener>,
}

impl Held {
    /// Lets every microphone go but the one that is sent, which may have gone through a filter.
    fn keep_only(&mut self, sent: MediaStream) {
        let sent = match &self.filter {
            Some(filter) => filter.keep_only(&sent),
            None => sent,
        };
        self.streams.retain(|stream| {
            let used = media::share_track(stream, &sent);
            if !used {
                media::stop(stream);
            }
            used
        });
    }
}

fn choice_key(role: Role) -> String {
    ["sidetone.", role.code()].concat()
}

fn remembered(key: &str) -> Option<String> {
    storage::get(key).filter(|value| !value.is_empty())
}

impl SoundDesk {
    pub(super) fn new() -> Self {
        let chosen = Role::ALL.map(|role| remembered(&choice_key(role)));
        let mut audio = Audio::new(chosen);
        audio.noise = NoiseFilter::from_code(&remembered(noise::KEY).unwrap_or_default());
        audio.ringtone = Ringtone::from_code(&remembered(RINGTONE_KEY).unwrap_or_default());
        let audio = Lasting::new(audio);
        Self { audio: audio.shown(), shown: audio, held: StoredValue::new_local(Held::default()) }
    }

    /// They were read, or are of a call that is over.
    pub(crate) fn forget_notices(self) {
        self.shown.update(Audio::forget_notices);
    }
}

impl Phone {
    /// Watches devices, permission and calls, as long as the owner of this lives.
    pub(crate) fn mind_the_sound(self) {
        let held = self.sound.held;
        let devices = media::on_device_change(move || self.look_for_devices());
        held.update_value(|held| held.listeners.extend(devices));
        on_cleanup(move || {
            held.try_update_value(|held| held.listeners.clear());
            // The page goes with the session, and its effects before they run; with a change of language the call goes on.
            if !self.calls.call.with_untracked(|call| call.as_ref().is_some_and(Call::is_live)) {
                self.release_microphone();
            }
        });
        self.look_for_devices();
        if let Some(trouble) = media::lacking() {
            self.feed_audio(AudioEvent::Opened(Err(trouble)));
        }
        spawn_local(async move {
            let Some(permission) = media::Permission::query().await else { return };
            let watched = permission.clone();
            let report = move || {
                let (denied, granted) = (watched.is("denied"), watched.is("granted"));
                self.feed_audio(AudioEvent::Permission { denied, granted });
                self.look_for_devices();
            };
            report();
            let listener = permission.on_change(report);
            held.try_update_value(|held| held.listeners.push(listener));
        });
        let needs_microphone = |call: &Call| call.is_live() && call.phase != Phase::Incoming;
        let in_call =
            Memo::new(move |_| self.calls.call.with(|call| call.as_ref().is_some_and(needs_microphone)));
        let mut was_in_call = false;
        whenever(move || {
            let in_call = in_call.get();
            self.feed_audio(AudioEvent::InCall(in_call));
            if std::mem::replace(&mut was_in_call, in_call) && !in_call {
                self.release_microphone();
                self.sound.forget_notices();
            }
        });
        let live = Memo::new(move |_| self.calls.call.with(|call| call.as_ref().is_some_and(Call::is_live)));
        whenever(move || {
            live.track();
            self.apply_ringtone();
        });
    }

    /// Reads the list of devices again.
    fn look_for_devices(self) {
        spawn_local(async move {
            if let Some(devices) = media::devices().await {
                self.feed_audio(AudioEvent::Devices(devices));
            }
        });
    }

    pub(crate) fn feed_audio(self, event: AudioEvent) {
        let mut audio = self.sound.audio.get_untracked();
        let effects = audio.on(event);
        self.sound.shown.show(audio);
        self.tell_call_of_microphone();
        for effect in effects {
            self.run_audio(effect);
        }
    }

    fn run_audio(self, effect: AudioEffect) {
        match effect {
            AudioEffect::Remember { role, name } => {
                storage::set(&choice_key(role), &name.unwrap_or_default());
            }
            AudioEffect::Output { role, id } => {
                self.with_sdk_audio(|audio| audio.set_output(role, id.as_deref()))
            }
            AudioEffect::Reopen => self.with_sdk_audio(|audio| audio.reopen_microphone().ignore()),
            AudioEffect::Tell(notice) => self.sound.shown.update(|audio| audio.tell(notice)),
        }
    }

    fn with_sdk_audio(self, verb: impl FnOnce(&SdkAudio)) {
        if let Some(audio) = self.sdk_audio() {
            verb(&audio);
        }
    }

    /// A new Device: it is watched, and rings or not.
    pub(super) fn equip_device(self, audio: &SdkAudio) {
        audio.ring(self.ring_sound().is_some());
        let sdk_listener = audio.on_devices(move || {
            self.look_for_devices();
            self.feed_audio(AudioEvent::Forgotten);
        });
        self.sound.held.update_value(|held| held.sdk_listener = Some(sdk_listener));
        let Some(context) = sdk::sounds_context() else { return };
        let watched = context.clone();
        // Not at once, later either: it begins to run as a finger comes down, and the words that go with that must not take away
        // what lies under the finger.
        let report = move || {
            let watched = watched.clone();
            spawn_local(async move {
                TimeoutFuture::new(SETTLE_MS).await;
                self.feed_audio(AudioEvent::Audible(watched.state() == AudioContextState::Running));
            });
        };
        report();
        let listener = browser::Listener::new(&context, "statechange", move |_| report());
        self.sound.held.try_update_value(|held| held.context_listener = Some(listener));
    }

    /// Lets sounds out. Works in a click or a key press only.
    pub(crate) fn turn_sound_on(self) {
        if let Some(context) = sdk::sounds_context() {
            drop(context.resume());
        }
    }

    pub(crate) fn choose_ringtone(self, ringtone: Ringtone) {
        storage::set(RINGTONE_KEY, ringtone.code());
        self.sound.shown.update(|audio| audio.ringtone = ringtone);
        self.apply_ringtone();
        self.with_sdk_audio(|audio| audio.ring(ringtone.sound().is_some()));
    }

    /// Another tab may have chosen something: the tab that has the phone is the one that must know.
    pub(super) fn sound_choices_changed(self) {
        for role in Role::ALL {
            let name = remembered(&choice_key(role));
            if self.sound.audio.with_untracked(|audio| audio.chosen(role) != name.as_deref()) {
                self.feed_audio(AudioEvent::Choose { role, name });
            }
        }
        let ringtone = Ringtone::from_code(&remembered(RINGTONE_KEY).unwrap_or_default());
        if self.sound.audio.with_untracked(|audio| audio.ringtone != ringtone) {
            self.choose_ringtone(ringtone);
        }
        let filter = NoiseFilter::from_code(&remembered(noise::KEY).unwrap_or_default());
        if self.sound.audio.with_untracked(|audio| audio.noise != filter) {
            self.choose_noise_filter(filter);
        }
    }

    /// The server's name for the chosen ring; `None` for silence.
    pub(super) fn ring_sound(self) -> Option<&'static str> {
        self.sound.audio.with_untracked(|audio| audio.ringtone.sound())
    }

    /// Between calls; the next Device knows by itself.
    fn apply_ringtone(self) {
        let live = self.calls.call.with_untracked(|call| call.as_ref().is_some_and(Call::is_live));
        let device = self.with(|core| core.line.device()).filter(|_| !live);
        if let (Some(device), Some(sound)) = (device, self.ring_sound())
            && device.set_ring(sound)
        {
            self.feed_audio(AudioEvent::Forgotten);
        }
    }

    /// No call needs the microphone any more.
    fn release_microphone(self) {
        let streams = self.sound.held.try_update_value(|held| {
            if let Some(filter) = &held.filter {
                filter.end();
            }
            std::mem::take(&mut held.streams)
        });
        streams.into_iter().flatten().for_each(|stream| media::stop(&stream));
        spawn_local(async move {
            for pause_ms in RELEASE_AFTER_MS {
                TimeoutFuture::new(pause_ms).await;
                let Some(audio) = self.sdk_audio() else { return };
                if audio.release_microphone().await {
                    return;
                }
            }
        });
    }
}
