use std::cell::Cell;

use js_sys::{Array, Object, Promise, Reflect};
use shared::PhoneNumber;
use shared::api::{ATTEMPT_PARAM, AccessToken, paths};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::audio::{OpenMicrophone, SdkAudio};
use super::listener::Listener;
use super::{SdkCall, error, raw};
use crate::api::address;
use crate::model::line::refresh_margin_ms;

/// What a Device reports.
pub(crate) enum DeviceEvent {
    Registered {
        /// The edge in use; `None` from an SDK that does not know it.
        edge: Option<String>,
    },
    Unregistered,
    Error {
        code: u32,
    },
    TokenWillExpire,
    Incoming(SdkCall),
}

/// A Device of the SDK; destroyed when dropped.
pub(crate) struct SdkDevice {
    raw: raw::Device,
    listeners: Vec<Listener>,
    _open_microphone: OpenMicrophone,
    ring: Cell<&'static str>,
}

impl SdkDevice {
    /// Makes a Device that tries the edges from the one at `first_edge` on, round the list; its events go to `report`.
    /// It rings with the server's sound `ring`, and gets its microphone, a `MediaStream`, from `open_microphone`.
    /// [`super::load`] comes first.
    ///
    /// # Errors
    /// The SDK's code.
    pub(crate) fn new(
        token: &AccessToken,
        first_edge: usize,
        ring: &'static str,
        open_microphone: impl Fn() -> Promise + 'static,
        report: impl Fn(DeviceEvent) + Clone + 'static,
    ) -> Result<Self, u32> {
        // What the SDK asks for, its default, is of no interest: the choice is not its own.
        let open_microphone: OpenMicrophone = Closure::new(move |_| open_microphone());
        let options = options(token, first_edge, ring, &open_microphone);
        let raw = raw::Device::new(&token.token, &options).map_err(|e| error::code(&e))?;
        let on = |event, handler: Box<dyn Fn(JsValue)>| Listener::new(&raw, event, handler);
        let to = |event: fn(JsValue) -> DeviceEvent| -> Box<dyn Fn(JsValue)> {
            let report = report.clone();
            Box::new(move |value| report(event(value)))
        };
        let listeners = vec![
            on("registered", {
                let (device, report) = (raw.clone(), report.clone());
                Box::new(move |_| report(DeviceEvent::Registered { edge: device.edge() }))
            }),
            on("unregistered", to(|_| DeviceEvent::Unregistered)),
            on("error", to(|e| DeviceEvent::Error { code: error::code(&e) })),
            on("tokenWillExpire", to(|_| DeviceEvent::TokenWillExpire)),
            on("incoming", to(|call| DeviceEvent::Incoming(SdkCall::new(call.unchecked_into())))),
        ];
        Ok(Self { raw, listeners, _open_microphone: open_microphone, ring: Cell::new(ring) })
    }

    /// Registers for incoming calls. The result comes as an event; the promise may reject with nothing, or hang
    /// while the socket cannot be opened.
    pub(crate) fn register(&self) {
        forget(self.raw.register());
    }

    /// Ends that; calls can still be dialled.
    pub(crate) fn unregister(&self) {
        forget(self.raw.unregister());
    }

    /// Dials.
    ///
    /// # Errors
    /// The SDK's code.
    pub(crate) fn connect(
        &self,
        to: &PhoneNumber,
        attempt: &str,
    ) -> Result<impl Future<Output = Result<SdkCall, u32>> + use<>, u32> {
        let params = object(&[("To", to.as_str().into()), (ATTEMPT_PARAM, attempt.into())]);
        let promise = self.raw.connect(&object(&[("params", params)])).map_err(|e| error::code(&e))?;
        Ok(async move {
            let call = JsFuture::from(promise).await.map_err(|e| error::code(&e))?;
            Ok(SdkCall::new(call.unchecked_into()))
        })
    }

    /// Gives the Device a new token before the old one dies.
    pub(crate) fn update_token(&self, token: &str) -> Result<(), u32> {
        self.raw.update_token(token).map_err(|e| error::code(&e))
    }

    /// Where the Device takes and sends sound.
    pub(crate) fn audio(&self) -> Option<SdkAudio> {
        SdkAudio::of(&self.raw)
    }

    /// Rings with another of the server's sounds. Not while it rings: the old one would never stop. The SDK makes its sounds
    /// anew, and forgets where they come out. False when it rings like this already.
    pub(crate) fn set_ring(&self, ring: &'static str) -> bool {
        let other = self.ring.replace(ring) != ring;
        if other {
            drop(self.raw.update_options(&object(&[("sounds", sounds(ring))])));
        }
        other
    }
}

impl Drop for SdkDevice {
    fn drop(&mut self) {
        // First the listeners: what the Device says while it dies is of no interest.
        self.listeners.clear();
        drop(self.raw.destroy());
    }
}

/// A rejection comes with `unregistered` or `error` events; unheard, it would be logged as unhandled.
fn forget(promise: Result<Promise, JsValue>) {
    if let Ok(promise) = promise {
        wasm_bindgen_futures::spawn_local(async move {
            drop(JsFuture::from(promise).await);
        });
    }
}

/// The Device's options (the SDK's `Device.Options`).
fn options(token: &AccessToken, first_edge: usize, ring: &str, open_microphone: &OpenMicrophone) -> JsValue {
    let options = test_options(token, first_edge);
    set(&options, "sounds", &sounds(ring));
    set(&options, "getUserMedia", open_microphone.as_ref());
    options
}

/// The options of a Device that makes a test call: the phone's, but for what the user has chosen of sounds and microphone.
pub(super) fn test_options(token: &AccessToken, first_edge: usize) -> JsValue {
    let codecs: Array = ["pcmu", "opus"].into_iter().map(JsValue::from_str).collect();
    // The emulator is found by its shim, which sees to every edge.
    let edges = &token.signaling.edges;
    let first_edge = first_edge % edges.len().max(1);
    let edges: Array =
        edges.iter().cycle().skip(first_edge).take(edges.len()).map(|e| JsValue::from_str(e)).collect();
    object(&[
        ("edge", edges.into()),
        ("sounds", sounds("incoming")),
        ("codecPreferences", codecs.into()),
        ("tokenRefreshMs", (refresh_margin_ms(token.lifetime_s) as f64).into()),
        ("closeProtection", true.into()),
        ("maxCallSignalingTimeoutMs", 30_000.into()),
        ("enableImprovedSignalingErrorPrecision", true.into()),
        // 4 is `error` in the SDK's logger, 5 silence; the SDK logs every socket that it reconnects as an error.
        ("logLevel", 5.into()),
    ])
}

/// The addresses of the SDK's sounds, by its names.
fn sounds(ring: &str) -> JsValue {
    let sounds = Object::new();
    let add = |name: &str, sound| {
        // Fails for frozen objects and proxies only.
        drop(Reflect::set(&sounds, &name.into(), &sound_address(sound).into()));
    };
    add("incoming", ring);
    add("outgoing", "outgoing");
    add("disconnect", "disconnect");
    // The page sounds its keys itself ([`super::play_keys`]).
    for key in "0123456789sh".chars() {
        add(&["dtmf", key.encode_utf8(&mut [0; 4])].concat(), paths::SILENCE);
    }
    sounds.into()
}

/// Where one of the server's sounds is.
pub(crate) fn sound_address(name: &str) -> String {
    address(&[paths::SOUNDS, "/", name, ".wav"].concat())
}

pub(super) fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in entries {
        set(&object, key, value);
    }
    object.into()
}

pub(super) fn set(object: &JsValue, key: &str, value: &JsValue) {
    // Fails for frozen objects and proxies only.
    drop(Reflect::set(object, &JsValue::from_str(key), value));
}
