use leptos::ev::{self, ClipboardEvent, Event, KeyboardEvent};
use leptos::prelude::*;
use shared::Key;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::settings;
use crate::browser::{page, typing};
use crate::model::{CallEvent, Dialer, Phase};
use crate::state::{Dialing, Phone};

/// The whole page is a keypad: no click into a field is needed. Lives as long as the component that asks for it.
pub(crate) fn use_keyboard(phone: Phone, dialing: Dialing) {
    let keys = window_event_listener(ev::keydown, move |ev| heed(phone, dialing, &ev));
    let pastes = window_event_listener(ev::paste, move |ev| on_paste(phone, dialing, &ev));
    on_cleanup(move || {
        keys.remove();
        pastes.remove();
    });
}

/// A key, in the page or in a second window of it.
pub(crate) fn heed(phone: Phone, dialing: Dialing, ev: &KeyboardEvent) {
    typing::note_key();
    if !ev.default_prevented() && !ev.is_composing() && on_key(phone, dialing, ev) {
        ev.prevent_default();
    }
}

/// True when the key is used up.
fn on_key(phone: Phone, dialing: Dialing, ev: &KeyboardEvent) -> bool {
    if ev.ctrl_key() || ev.meta_key() || ev.alt_key() {
        return false;
    }
    let name = ev.key();
    let mut characters = name.chars();
    let character = characters.next().filter(|_| characters.next().is_none());
    let target = target(ev);
    if name == "Escape" && phone.settings_open.get_untracked() {
        settings::close(phone);
        return true;
    }
    if target.as_ref().is_some_and(is_in_settings) {
        return false;
    }
    match phone.call.with_untracked(|call| call.as_ref().map(|call| call.phase)) {
        // Enter belongs to the focused button, and nothing else may answer or refuse by accident.
        Some(Phase::Incoming) => false,
        Some(Phase::Ended) => {
            let done = name == "Escape";
            if done {
                phone.feed_call(CallEvent::Dismiss);
            }
            done
        }
        Some(_) => match (name.as_str(), character) {
            ("Escape", _) => {
                phone.feed_call(CallEvent::HangUp);
                true
            }
            (_, Some(character)) if !ev.repeat() => {
                let key = Key::from_char(character).or_else(|| Key::from_letter(character));
                if let Some(key) = key {
                    phone.feed_call(CallEvent::Press(key));
                }
                key.is_some()
            }
            _ => false,
        },
        None => on_dial_key(dialing, &name, character, target.as_ref()),
    }
}

fn on_dial_key(dialing: Dialing, name: &str, character: Option<char>, target: Option<&Element>) -> bool {
    let in_field = target.is_some_and(page::takes_keys);
    match (name, character) {
        ("Enter", _) if in_field || !target.is_some_and(page::takes_enter) => {
            dialing.call();
            true
        }
        ("Escape", _) => {
            dialing.change(Dialer::clear);
            true
        }
        ("Backspace", _) if !in_field => {
            dialing.change(Dialer::backspace);
            true
        }
        (_, Some(character)) if !in_field => dialing.type_char(character),
        _ => false,
    }
}

/// A number pasted anywhere, into the field too, replaces what is there.
fn on_paste(phone: Phone, dialing: Dialing, ev: &ClipboardEvent) {
    if phone.call.with_untracked(Option::is_some) || target(ev).as_ref().is_some_and(is_in_settings) {
        return;
    }
    let text = ev.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
    if !text.trim().is_empty() {
        ev.prevent_default();
        dialing.change(|dialer| dialer.paste(&text));
    }
}

fn target(ev: &Event) -> Option<Element> {
    ev.target().and_then(|target| target.dyn_into().ok())
}

/// Neither the dial pad nor a call hears what is typed there: it may be a passcode.
fn is_in_settings(element: &Element) -> bool {
    page::is_within(element, settings::ID)
}
