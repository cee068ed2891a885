//! Links that bring a number: `?to=` in the page's address, and `tel:` links, which the browser or the installed app turns
//! into it. A number is put into the field and never dialled: a link must not cost money. And links
//! that bring an invitation, behind the `#`.

use std::cell::Cell;

use js_sys::Reflect;
use shared::invitation;
use wasm_bindgen::prelude::*;
use web_sys::Storage;

use super::page;

/// The parameter.
pub(crate) const TO: &str = "to";
/// Kept until somebody has signed in, perhaps by way of another site; forgotten with the tab.
const STORAGE_KEY: &str = "sidetone.to";
/// Longer is no number.
const LONGEST: usize = 2_000;

thread_local! {
    /// Where the browser keeps nothing, until the page is left.
    static NOT_KEPT: Cell<Option<String>> = const { Cell::new(None) };
    /// Until somebody reads it; a secret, so the browser does not keep it.
    static INVITATION: Cell<Option<String>> = const { Cell::new(None) };
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = navigator, js_name = registerProtocolHandler, catch)]
    fn register_protocol_handler(scheme: &str, url: &str) -> Result<(), JsValue>;
}

/// Keeps the invitation that the page's address brings, and takes it out of there. To be called before the address is changed
/// in any other way.
pub(crate) fn keep_invitation() {
    let fragment = page::fragment();
    if fragment.starts_with(invitation::MARK) {
        page::drop_fragment();
        INVITATION.set(Some(fragment));
    }
}

/// The invitation that was kept, once, as it was written.
pub(crate) fn take_invitation() -> Option<String> {
    INVITATION.take()
}

/// Whether one is kept.
pub(crate) fn is_invited() -> bool {
    let kept = INVITATION.take();
    let is_kept = kept.is_some();
    INVITATION.set(kept);
    is_kept
}

/// Keeps what the page's address brings, and takes it out of there: a reload must not say it again. As it is written: it is read as a
/// number's, not as a form's, where a plus sign is a space.
pub(crate) fn keep() {
    let query = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    if page::take_query(TO).is_some()
        && query.len() <= LONGEST
        && storage().is_none_or(|storage| storage.set_item(STORAGE_KEY, &query).is_err())
    {
        NOT_KEPT.set(Some(query));
    }
}

/// The query of the address that has brought a number, once.
pub(crate) fn take() -> Option<String> {
    if let Some(query) = NOT_KEPT.take() {
        return Some(query);
    }
    let storage = storage()?;
    let query = storage.get_item(STORAGE_KEY).ok()??;
    drop(storage.remove_item(STORAGE_KEY));
    Some(query)
}

/// The query of an address that brings a number.
pub(crate) fn query_of(address: &str) -> Option<&str> {
    let query = address.split_once('?')?.1.split('#').next()?;
    query.split('&').any(|pair| pair.split('=').next() == Some(TO)).then_some(query)
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
