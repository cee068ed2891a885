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

/// Waits until the page's own scripts have run, which this program does not wait for to start.
pub(crate) async fn own_have_run() {
    let Some(document) = super::page::document() else { return };
    // Is "interactive" already while those run that wait for the page.
    if document.ready_state() == "complete" || has_been_read() {
        return;
    }
    let read = Promise::new(&mut |resolve, _| {
        drop(document.add_event_listener_with_callback("DOMContentLoaded", &resolve));
    });
    drop(JsFuture::from(read).await);
}

/// `DOMContentLoaded` was told.
fn has_been_read() -> bool {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.is_some_and(|performance| performance.timing().dom_content_loaded_event_start() > 0.0)
}

/// Takes away a global of a script that is to run once more: some, like Twilio's SDK, leave what they find there as it is.
pub(crate) fn forget_global(name: &str) {
    let _ = Reflect::delete_property(&js_sys::global(), &JsValue::from_str(name));
}

/// Whether a script has defined this global.
pub(crate) fn has_global(name: &str) -> bool {
    Reflect::get(&js_sys::global(), &JsValue::from_str(name)).is_ok_and(|value| value.is_object())
}
