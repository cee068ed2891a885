use leptos::ev::{self, ClipboardEvent, Event, KeyboardEvent};
use leptos::prelude::*;
use shared::Key;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::dial_pad::{self, travel};
use super::panel;
use crate::browser::{page, typing};
use crate::model::{Dialer, Held, Phase, Wish, written_by};
use crate::state::{Dialing, Phone, Place};

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
    // Safari says so of the key that ends the writing of an input method by its number alone.
    let is_composing = ev.is_composing() || ev.key_code() == 229;
    if !ev.default_prevented() && !is_composing && on_key(phone, dialing, ev) {
        ev.prevent_default();
    }
}

/// True when the key is used up.
fn on_key(phone: Phone, dialing: Dialing, ev: &KeyboardEvent) -> bool {
    let name = ev.key();
    let held = Held {
        ctrl: ev.ctrl_key(),
        alt: ev.alt_key(),
        meta: ev.meta_key(),
        alt_graph: ev.get_modifier_state("AltGraph"),
    };
    let character = written_by(&name, held);
    let target = target(ev);
    if character.is_none() && (held.ctrl || held.alt || held.meta) {
        return is_undoing(phone, ev, target.as_ref()).is_some_and(|way| travel(dialing, way));
    }
    if name == "Escape" && phone.place.get_untracked() != Place::Keypad {
        panel::close(phone);
        return true;
    }
    if target.as_ref().is_some_and(is_in_panel) {
        return false;
    }
    match phone.calls.call.with_untracked(|call| call.as_ref().map(|call| call.phase)) {
        // Enter belongs to the focused button, and nothing else may answer or refuse by accident.
        Some(Phase::Incoming) => false,
        Some(Phase::Ended) => {
            let done = name == "Escape";
            if done {
                phone.wish(Wish::Dismiss);
            }
            done
        }
        Some(_) => match (name.as_str(), character) {
            ("Escape", _) => {
                phone.wish(Wish::HangUp);
                true
            }
            (_, Some(character)) if !ev.repeat() => {
                let key = Key::from_char(character).or_else(|| Key::from_letter(character));
                if let Some(key) = key {
                    phone.wish(Wish::Press(key));
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

/// The browser's own memory of the field is gone with the first number that was grouped. Elsewhere than in the field, the keys work
/// as digits do.
fn is_undoing(
    phone: Phone,
    ev: &KeyboardEvent,
    target: Option<&Element>,
) -> Option<fn(&mut Dialer) -> Option<usize>> {
    let is_elsewhere =
        target.is_some_and(|target| page::takes_keys(target) && target.id() != dial_pad::FIELD);
    if phone.calls.call.with_untracked(Option::is_some) || ev.alt_key() || is_elsewhere {
        return None;
    }
    // By number: Caps Lock makes a `Z` of `z`, and a Russian keyboard has neither.
    match (ev.key_code(), ev.shift_key()) {
        (90, false) => Some(Dialer::undo),
        (90, true) | (89, _) => Some(Dialer::redo),
        _ => None,
    }
}

/// A number pasted anywhere goes into the field: where the caret is, if it is there.
fn on_paste(phone: Phone, dialing: Dialing, ev: &ClipboardEvent) {
    if phone.calls.call.with_untracked(Option::is_some) || target(ev).as_ref().is_some_and(is_in_panel) {
        return;
    }
    let text = ev.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
    if !text.trim().is_empty() {
        ev.prevent_default();
        let field = target(ev).filter(|target| target.id() == dial_pad::FIELD);
        let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        dial_pad::paste(dialing, &text, field.as_ref());
    }
}

fn target(ev: &Event) -> Option<Element> {
    ev.target().and_then(|target| target.dyn_into().ok())
}

/// Neither the dial pad nor a call hears what is typed there: it may be a passcode.
fn is_in_panel(element: &Element) -> bool {
    page::is_within(element, panel::SETTINGS) || page::is_within(element, panel::ADMIN)
}
