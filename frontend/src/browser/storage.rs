//! What the browser keeps for this page from one visit to the next, as text. Everything here may fail in a private window or
//! with a full disk: then nothing is remembered, and nothing else happens.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

pub(crate) fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

pub(crate) fn set(key: &str, value: &str) {
    if let Some(storage) = storage() {
        drop(storage.set_item(key, value));
    }
}
