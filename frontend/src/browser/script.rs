use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlScriptElement;

/// Runs a classic script; the path is relative to the page's base.
pub(crate) async fn load(path: &str) -> Result<(), ()> {
    let document = super::page::document().ok_or(())?;
    let head = document.head().ok_or(())?;
    let script: HtmlScriptElement = document.create_element("script").map_err(drop)?.unchecked_into();
    let loaded = Promise::new(&mut |resolve, reject| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&reject));
    });
    script.set_src(path);
    head.append_child(&script).map_err(drop)?;
    let result = JsFuture::from(loaded).await.map(drop).map_err(drop);
    if result.is_err() {
        // So that the next attempt asks again.
        script.remove();
    }
    result
}

/// Takes away a global of a script that is to run once more: some, like Twilio's SDK, leave what they find there as it is.
pub(crate) fn forget_global(name: &str) {
    let _ = Reflect::delete_property(&js_sys::global(), &JsValue::from_str(name));
}

/// Whether a script has defined this global.
pub(crate) fn has_global(name: &str) -> bool {
    Reflect::get(&js_sys::global(), &JsValue::from_str(name)).is_ok_and(|value| value.is_object())
}
