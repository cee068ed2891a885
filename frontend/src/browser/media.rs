//! Microphones, and devices that sound.

use js_sys::{Array, Error, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaDevices, MediaStream, MediaStreamTrack};

use super::listener::Listener;
use crate::model::audio::{AudioDevice, Trouble, tidy};

#[wasm_bindgen]
extern "C" {
    /// What `enumerateDevices` lists, without the checks of a generated binding.
    type DeviceInfo;

    #[wasm_bindgen(method, getter)]
    fn kind(this: &DeviceInfo) -> String;

    #[wasm_bindgen(method, getter, js_name = deviceId)]
    fn device_id(this: &DeviceInfo) -> String;

    #[wasm_bindgen(method, getter, js_name = groupId)]
    fn group_id(this: &DeviceInfo) -> String;

    #[wasm_bindgen(method, getter)]
    fn label(this: &DeviceInfo) -> String;

    /// `navigator.permissions.query`, whose names of permissions differ by browser.
    #[wasm_bindgen(js_namespace = ["navigator", "permissions"], js_name = query, catch)]
    fn query_permission(descriptor: &JsValue) -> Result<Promise, JsValue>;
}

/// `None` on a page that is not secure, and in browsers without.
fn media_devices() -> Option<MediaDevices> {
    web_sys::window()?.navigator().media_devices().ok().filter(|devices| !devices.is_undefined())
}

/// Why there can be no microphone at all; `None` where there can.
pub(crate) fn lacking() -> Option<Trouble> {
    let secure = || web_sys::window().is_some_and(|window| window.is_secure_context());
    match media_devices() {
        Some(_) => None,
        None if secure() => Some(Trouble::Unable),
        None => Some(Trouble::Insecure),
    }
}

/// The devices for sound, as they are now; `None` where the browser does not say.
pub(crate) async fn devices() -> Option<Vec<AudioDevice>> {
    let listed = JsFuture::from(media_devices()?.enumerate_devices().ok()?).await.ok()?;
    let listed: Vec<DeviceInfo> = Array::from(&listed).iter().map(JsValue::unchecked_into).collect();
    Some(tidy(listed.iter().filter_map(|info| read(info, &listed)).collect()))
}

/// Chromium lists `default` and `communications` beside the devices that they stand for, of the same group.
fn read(info: &DeviceInfo, all: &[DeviceInfo]) -> Option<AudioDevice> {
    let (kind, id) = (info.kind(), info.device_id());
    if !matches!(&*kind, "audioinput" | "audiooutput") || matches!(&*id, "default" | "communications") {
        return None;
    }
    let default = all.iter().find(|other| other.kind() == kind && other.device_id() == "default");
    let system_default = default.is_some_and(|default| default.group_id() == info.group_id());
    Some(AudioDevice { input: kind == "audioinput", id, name: info.label(), system_default })
}

/// Calls back when a device comes or goes.
pub(crate) fn on_device_change(report: impl Fn() + 'static) -> Option<Listener> {
    let devices = media_devices()?;
    Some(Listener::new(&devices, "devicechange", move |_| report()))
}

/// The browser lets sound out by another device than the system's.
pub(crate) fn chooses_outputs() -> bool {
    let element = Reflect::get(&js_sys::global(), &"HTMLMediaElement".into());
    let prototype = element.and_then(|element| Reflect::get(&element, &"prototype".into()));
    prototype.is_ok_and(|prototype| Reflect::has(&prototype, &"setSinkId".into()) == Ok(true))
}

/// Opens a microphone.
///
/// # Errors
/// The browser's `DOMException`; [`error_name`] says which.
pub(crate) async fn open_microphone(id: Option<&str>, suppress_noise: bool) -> Result<MediaStream, JsValue> {
    let audio = Object::new();
    let set = |key: &str, value: JsValue| drop(Reflect::set(&audio, &key.into(), &value));
    if let Some(id) = id {
        let exact = Object::new();
        drop(Reflect::set(&exact, &"exact".into(), &id.into()));
        set("deviceId", exact.into());
    }
    set("noiseSuppression", suppress_noise.into());
    let constraints = Object::new();
    drop(Reflect::set(&constraints, &"audio".into(), &audio));
    // The SDK looks for a name in what it is refused with; of nothing at all its call would hang.
    let devices = media_devices().ok_or_else(|| JsValue::from(Error::new("no media devices")))?;
    let stream =
        JsFuture::from(devices.get_user_media_with_constraints(constraints.unchecked_ref())?).await?;
    Ok(stream.unchecked_into())
}

/// The kind of an exception, such as `NotAllowedError`.
pub(crate) fn error_name(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

/// The same stream once more. Its own `clone` is the browser's: a second one of the same microphone, which stays open until it
/// is stopped too.
pub(crate) fn same(stream: &MediaStream) -> MediaStream {
    Clone::clone(stream)
}

/// Lets the microphone go.
pub(crate) fn stop(stream: &MediaStream) {
    tracks(stream).for_each(|track| track.stop());
}

/// Both are of the same microphone.
pub(crate) fn share_track(stream: &MediaStream, other: &MediaStream) -> bool {
    tracks(stream).any(|track| tracks(other).any(|other| other.id() == track.id()))
}

/// It is of the device with this id.
pub(crate) fn is_of(stream: &MediaStream, id: &str) -> bool {
    tracks(stream).any(|track| {
        let settings = track.get_settings();
        Reflect::get(&settings, &"deviceId".into()).is_ok_and(|device| device == id)
    })
}

/// Something comes from it.
pub(crate) fn is_live(stream: &MediaStream) -> bool {
    stream.active()
}

fn tracks(stream: &MediaStream) -> impl Iterator<Item = MediaStreamTrack> {
    stream.get_tracks().into_iter().map(JsValue::unchecked_into)
}

/// Whether the browser may use a microphone.
#[derive(Clone)]
pub(crate) struct Permission(web_sys::EventTarget);

impl Permission {
    /// `None` where the browser does not say.
    pub(crate) async fn query() -> Option<Self> {
        let descriptor = Object::new();
        drop(Reflect::set(&descriptor, &"name".into(), &"microphone".into()));
        let status = JsFuture::from(query_permission(&descriptor).ok()?).await.ok()?;
        Some(Self(status.unchecked_into()))
    }

    /// `state` is one of `PermissionState`'s: `granted`, `denied`, `prompt`.
    pub(crate) fn is(&self, state: &str) -> bool {
        Reflect::get(&self.0, &"state".into()).is_ok_and(|now| now == state)
    }

    pub(crate) fn on_change(&self, report: impl Fn() + 'static) -> Listener {
        Listener::new(&self.0, "change", move |_| report())
    }
}
