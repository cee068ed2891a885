//! The clipboard, to be written.

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// Copies a text. False where the browser does not let this page: without TLS, or because the user does not want it.
pub(crate) async fn copy(text: &str) -> bool {
    let navigator = web_sys::window().map(|window| window.navigator());
    let there = navigator.is_some_and(|navigator| {
        Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object())
    });
    if !there {
        return false;
    }
    match write_text(text) {
        Ok(written) => JsFuture::from(written).await.is_ok(),
        Err(_) => false,
    }
}
