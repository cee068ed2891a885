//! What the browser keeps for this page from one visit to the next, as text. Where it keeps nothing (site data blocked, a full disk),
//! the page does until it is left: a switch that would be forgotten at once would do nothing.

use std::cell::RefCell;

use web_sys::Storage;

thread_local! {
    /// What the browser did not take.
    static NOT_KEPT: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

pub(crate) fn get(key: &str) -> Option<String> {
    let not_kept = NOT_KEPT.with_borrow(|values| values.iter().find(|(of, _)| of == key).cloned());
    not_kept.map(|(_, value)| value).or_else(|| storage()?.get_item(key).ok()?)
}

pub(crate) fn set(key: &str, value: &str) {
    let kept = storage().is_some_and(|storage| storage.set_item(key, value).is_ok());
    NOT_KEPT.with_borrow_mut(|values| {
        values.retain(|(of, _)| of != key);
        if !kept {
            values.push((key.to_owned(), value.to_owned()));
        }
    });
}
