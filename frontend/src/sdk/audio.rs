//! The SDK's `AudioHelper` (its `lib/twilio/audiohelper.ts`).

use js_sys::{Map, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::listener::Listener;
use super::noise::NoiseProcessor;
use super::raw::{Device, EventEmitter};
use crate::model::audio::Role;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = EventEmitter)]
    #[derive(Clone)]
    type AudioHelper;

    /// `null` after the Device is destroyed.
    #[wasm_bindgen(method, getter)]
    fn audio(this: &Device) -> Option<AudioHelper>;

    #[wasm_bindgen(method, getter, js_name = inputDevice)]
    fn input_device(this: &AudioHelper) -> Option<js_sys::Object>;

    #[wasm_bindgen(method, getter, js_name = availableInputDevices)]
    fn available_input_devices(this: &AudioHelper) -> Map;

    #[wasm_bindgen(method, js_name = setInputDevice)]
    fn set_input_device(this: &AudioHelper, id: &JsValue) -> Promise;

    #[wasm_bindgen(method, js_name = setAudioConstraints)]
    fn set_audio_constraints(this: &AudioHelper, constraints: &JsValue) -> Promise;

    #[wasm_bindgen(method, js_name = unsetInputDevice)]
    fn unset_input_device(this: &AudioHelper) -> Promise;

    #[wasm_bindgen(method, getter, js_name = speakerDevices)]
    fn speaker_devices(this: &AudioHelper) -> Outputs;

    #[wasm_bindgen(method, getter, js_name = ringtoneDevices)]
    fn ringtone_devices(this: &AudioHelper) -> Outputs;

    /// Whether incoming calls ring.
    #[wasm_bindgen(method)]
    fn incoming(this: &AudioHelper, ring: bool) -> bool;

    #[wasm_bindgen(method, js_name = addProcessor, catch)]
    fn add_processor(this: &AudioHelper, processor: &JsValue) -> Result<Promise, JsValue>;

    /// `OutputDeviceCollection`.
    type Outputs;

    #[wasm_bindgen(method)]
    fn set(this: &Outputs, id: &str) -> Promise;

    #[wasm_bindgen(static_method_of = Device, js_namespace = Twilio, js_class = Device, getter, js_name = audioContext)]
    fn audio_context() -> Option<web_sys::AudioContext>;
}

/// How the SDK opens a microphone: what it asks for is of no interest, for the choice is not its own.
pub(super) type OpenMicrophone = Closure<dyn Fn(JsValue) -> Promise>;

/// Where the SDK takes and sends sound.
pub(crate) struct SdkAudio(AudioHelper);

impl SdkAudio {
    pub(super) fn of(device: &Device) -> Option<Self> {
        device.audio().map(Self)
    }

    /// Calls back when the SDK has learned of other devices: only then it knows their ids.
    pub(crate) fn on_devices(&self, report: impl Fn() + 'static) -> Listener {
        Listener::new(&self.0, "deviceChange", move |_| report())
    }

    /// Lets sound out by another device; `None` is the system's.
    pub(crate) fn set_output(&self, role: Role, id: Option<&str>) {
        let outputs = match role {
            Role::Ringer => self.0.ringtone_devices(),
            Role::Microphone | Role::Speaker => self.0.speaker_devices(),
        };
        // A device that the SDK does not know yet is said again when it does.
        ignore(outputs.set(id.unwrap_or("default")));
    }

    /// Has the microphone of the call opened again. Which one that is, the closure decides that opens it.
    pub(crate) fn reopen_microphone(&self) -> Reopened {
        if self.0.input_device().is_some() {
            return Reopened(Some(self.0.set_audio_constraints(&js_sys::Object::new())));
        }
        let next = self.0.available_input_devices().keys().next();
        let id = next.and_then(|next| js_sys::Reflect::get(&next, &"value".into()));
        Reopened(id.ok().map(|id| self.0.set_input_device(&id)))
    }

    /// The microphone goes through this from now on, that of a call too. `None` where it does already.
    pub(crate) fn add_processor(&self, processor: &NoiseProcessor) -> Option<Reopened> {
        self.0.add_processor(processor.as_ref()).ok().map(|reopened| Reopened(Some(reopened)))
    }

    /// Lets the microphone go that [`Self::reopen_microphone`] opened. False while the SDK still has a call.
    pub(crate) async fn release_microphone(&self) -> bool {
        self.0.input_device().is_none() || JsFuture::from(self.0.unset_input_device()).await.is_ok()
    }

    /// Whether incoming calls ring at all.
    pub(crate) fn ring(&self, audible: bool) {
        self.0.incoming(audible);
    }
}

/// The SDK is at it.
pub(crate) struct Reopened(Option<Promise>);

impl Reopened {
    pub(crate) fn ignore(self) {
        self.0.into_iter().for_each(ignore);
    }

    pub(crate) async fn done(self) {
        if let Some(promise) = self.0 {
            drop(JsFuture::from(promise).await);
        }
    }
}

/// The context that the SDK's sounds run in; `None` until there is a Device.
pub(crate) fn sounds_context() -> Option<web_sys::AudioContext> {
    crate::browser::script::has_global("Twilio").then(Device::audio_context).flatten()
}

/// What the promise says is of no interest, but unheard it would be logged.
fn ignore(promise: Promise) {
    wasm_bindgen_futures::spawn_local(async move { drop(JsFuture::from(promise).await) });
}
