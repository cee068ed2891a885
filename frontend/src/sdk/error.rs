use wasm_bindgen::JsValue;

/// What the SDK reports where it gives no code.
const UNKNOWN: u32 = 31000;

/// The code of a `TwilioError`; 31000 (unknown) where there is none, for the SDK rejects with `undefined` too.
pub(super) fn code(error: &JsValue) -> u32 {
    js_sys::Reflect::get(error, &JsValue::from_str("code"))
        .ok()
        .and_then(|code| code.as_f64())
        .map_or(UNKNOWN, |code| code as u32)
}
