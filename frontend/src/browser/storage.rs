//! What the browser keeps for this page from one visit to the next, as text. Where it keeps nothing (site data blocked, a full disk),
//! the tab does, in the state of its history, which outlives a reload and is no other site's: a switch that would be forgotten at
//! once would do nothing, and what was dismissed must not come again.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{History, Storage};

thread_local! {
    /// What the browser did not take.
    static NOT_KEPT: RefCell<Vec<(String, String)>> = RefCell::new(of_this_tab());
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

/// Keys and values, one after the other.
fn of_this_tab() -> Vec<(String, String)> {
    let state = history().and_then(|history| history.state().ok()).filter(Array::is_array);
    let texts = state.map(|state| Array::from(&state)).unwrap_or_default();
    let text = |at| texts.get(at).as_string();
    (0..texts.length()).step_by(2).map_while(|at| Some((text(at)?, text(at + 1)?))).collect()
}

fn keep_in_this_tab(values: &[(String, String)]) {
    let texts: Array =
        values.iter().flat_map(|(key, value)| [key, value]).map(|text| JsValue::from_str(text)).collect();
    if let Some(history) = history() {
        // Where it is not taken either, it is there until the page is left.
        drop(history.replace_state(&texts, ""));
    }
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
        let before = values.len();
        values.retain(|(of, _)| of != key);
        if !kept {
            values.push((key.to_owned(), value.to_owned()));
        }
        if !kept || values.len() != before {
            keep_in_this_tab(values);
        }
    });
}
