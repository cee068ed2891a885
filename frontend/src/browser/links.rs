//! Links that bring a number: `?to=` in the page's address, and `tel:` links, which the browser or the installed app turns
//! into it. A number is put into the field and never dialled: a link must not cost money.

use std::cell::Cell;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{Storage, UrlSearchParams};

use super::page;

/// The parameter.
const TO: &str = "to";
/// Kept until somebody has signed in, perhaps by way of another site; forgotten with the tab.
const STORAGE_KEY: &str = "sidetone.to";
/// Longer is no number.
const LONGEST: usize = 200;

type Consumer = Closure<dyn Fn(JsValue)>;

thread_local! {
    static CONSUMER: Cell<Option<Consumer>> = const { Cell::new(None) };
    /// Where the browser keeps nothing, until the page is left.
    static NOT_KEPT: Cell<Option<String>> = const { Cell::new(None) };
}

#[wasm_bindgen]
extern "C" {
    /// The Launch Handler API's queue; `setConsumer` is told of every launch of the installed app, the first one too.
    #[wasm_bindgen(js_namespace = ["window", "launchQueue"], js_name = setConsumer, catch)]
    fn set_consumer(consumer: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = navigator, js_name = registerProtocolHandler, catch)]
    fn register_protocol_handler(scheme: &str, url: &str) -> Result<(), JsValue>;
}

/// Keeps what the page's address brings, and takes it out of there: a reload must not say it again.
pub(crate) fn keep() {
    if let Some(number) = page::take_query(TO).filter(|number| number.len() <= LONGEST)
        && storage().is_none_or(|storage| storage.set_item(STORAGE_KEY, &number).is_err())
    {
        NOT_KEPT.set(Some(number));
    }
}

/// What a link has brought, once.
pub(crate) fn take() -> Option<String> {
    if let Some(number) = NOT_KEPT.take() {
        return Some(number);
    }
    let storage = storage()?;
    let number = storage.get_item(STORAGE_KEY).ok()??;
    drop(storage.remove_item(STORAGE_KEY));
    Some(number)
}

/// Tells of every number that the installed app is launched with while it is open. The last one who asks is told.
pub(crate) fn on_launch(tell: impl Fn(String) + 'static) {
    let consumer = Consumer::new(move |launch: JsValue| {
        let target = Reflect::get(&launch, &"targetURL".into()).ok().and_then(|url| url.as_string());
        let number = target.and_then(|url| {
            let query = url.split_once('?')?.1.split('#').next()?;
            UrlSearchParams::new_with_str(query).ok()?.get(TO)
        });
        if let Some(number) = number.filter(|number| number.len() <= LONGEST) {
            tell(number);
        }
    });
    // The queue cannot be left; whoever signs in next takes its place.
    if set_consumer(consumer.as_ref()).is_ok() {
        CONSUMER.set(Some(consumer));
    }
}

/// Whether this browser can open `tel:` links with a page.
pub(crate) fn can_open_tel() -> bool {
    let navigator = web_sys::window().map(|window| window.navigator());
    navigator.is_some_and(|navigator| Reflect::has(&navigator, &"registerProtocolHandler".into()) == Ok(true))
}

/// Asks the browser to open `tel:` links here; it asks the user. False when it will not, as on a page without TLS.
pub(crate) fn open_tel() -> bool {
    let base = page::document().and_then(|document| document.base_uri().ok().flatten()).unwrap_or_default();
    register_protocol_handler("tel", &format!("{base}?{TO}=%s")).is_ok()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
