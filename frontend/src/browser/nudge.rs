//! What a device does outside of the page to be noticed. Where a browser cannot, nothing happens.

use js_sys::{Array, Promise};
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Methods that not every browser has: a missing one is an error like any other.
    type Navigator;
    #[wasm_bindgen(method, catch, js_name = setAppBadge)]
    fn set_app_badge(this: &Navigator, count: u32) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn vibrate(this: &Navigator, pattern: &Array) -> Result<JsValue, JsValue>;
}

fn navigator() -> Option<Navigator> {
    Some(web_sys::window()?.navigator().unchecked_into())
}

/// The number on the installed app's icon; 0 takes it away.
pub(crate) fn set_badge(count: u32) {
    if let Some(Ok(set)) = navigator().map(|navigator| navigator.set_app_badge(count)) {
        // Refused where the app is not installed.
        spawn_local(async move { drop(JsFuture::from(set).await) });
    }
}

/// Milliseconds of movement and rest in turn; none stops it.
pub(crate) fn vibrate(pattern: &[u32]) {
    if let Some(navigator) = navigator() {
        drop(navigator.vibrate(&pattern.iter().map(|ms| JsValue::from(*ms)).collect()));
    }
}
