//! The SDK's classes as they are in JavaScript.
//! Reference: the SDK's `lib/twilio/device.ts` and `lib/twilio/call.ts`.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Node's `EventEmitter`, which Device and Call inherit.
    #[derive(Clone)]
    pub(crate) type EventEmitter;

    #[wasm_bindgen(method)]
    pub(crate) fn on(this: &EventEmitter, event: &str, listener: &Function);

    #[wasm_bindgen(method, js_name = removeListener)]
    pub(crate) fn remove_listener(this: &EventEmitter, event: &str, listener: &Function);

    #[wasm_bindgen(js_namespace = Twilio, extends = EventEmitter)]
    #[derive(Clone)]
    pub(crate) type Device;

    #[wasm_bindgen(static_method_of = Device, js_namespace = Twilio, js_class = Device, getter, js_name = isSupported)]
    pub(crate) fn is_supported() -> bool;

    #[wasm_bindgen(static_method_of = Device, js_namespace = Twilio, js_class = Device, getter)]
    pub(crate) fn version() -> String;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn edge(this: &Device) -> Option<String>;

    #[wasm_bindgen(constructor, js_namespace = Twilio, catch)]
    pub(crate) fn new(token: &str, options: &JsValue) -> Result<Device, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn register(this: &Device) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn unregister(this: &Device) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn connect(this: &Device, options: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = updateToken)]
    pub(crate) fn update_token(this: &Device, token: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = updateOptions)]
    pub(crate) fn update_options(this: &Device, options: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn destroy(this: &Device) -> Result<(), JsValue>;

    #[wasm_bindgen(extends = EventEmitter)]
    #[derive(Clone)]
    pub(crate) type Call;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn parameters(this: &Call) -> JsValue;

    /// `undefined` until the microphone is open.
    #[wasm_bindgen(method, js_name = getLocalStream)]
    pub(crate) fn local_stream(this: &Call) -> Option<web_sys::MediaStream>;

    #[wasm_bindgen(method)]
    pub(crate) fn status(this: &Call) -> String;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn accept(this: &Call) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn reject(this: &Call) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn ignore(this: &Call) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn disconnect(this: &Call) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn mute(this: &Call, on: bool) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = sendDigits)]
    pub(crate) fn send_digits(this: &Call, digits: &str) -> Result<(), JsValue>;
}
