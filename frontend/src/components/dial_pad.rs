use leptos::ev::{Event, InputEvent};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::backspace::Backspace;
use super::country_picker::CountryPicker;
use super::icon::Icon;
use super::keypad::Keypad;
use super::lazy::{LazyPart, lazy_part};
use super::same_type::{live, on};
use crate::browser::{Listener, page};
use crate::model::{Dialer, Edit};
use crate::state::{Dialing, whenever};
use crate::text;

pub(super) const FIELD: &str = "dial-input";
const PAD: &str = "dial-pad";

/// The number field, the keys, and Call.
#[component]
pub(crate) fn DialPad(dialing: Dialing) -> impl IntoView {
    let Dialing { dialer, error, hint, .. } = dialing;
    // What had the focus before, such as the buttons of a call, is gone.
    page::focus_field_soon(FIELD, PAD);
    let field = NodeRef::<Input>::new();
    let edited = move |ev: Event| {
        let Some(input) = ev.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let raw = input.value();
        // What was dropped is selected.
        let caret = input.selection_end().ok().flatten().unwrap_or(u32::MAX) as usize;
        let kind = ev.dyn_ref::<InputEvent>().map(|ev| (ev.is_composing(), ev.input_type()));
        let kind = kind.as_ref().map(|(composing, kind)| (*composing, kind.as_str()));
        // Dictation and corrections go on with what they have written, too.
        if matches!(kind, Some((true, _) | (_, "insertReplacementText" | "insertDictationText"))) {
            dialing.change(|dialer| dialer.compose(&raw, caret));
            return;
        }
        // An input method that is told late that it is done has nothing new, and takes no error away.
        if dialer.with_untracked(|dialer| !dialer.is_composed() && dialer.display() == raw) {
            return;
        }
        let edit = match kind {
            Some((_, "deleteContentBackward")) => Edit::DeletedBack,
            Some((_, "deleteContentForward")) => Edit::DeletedForth,
            _ => Edit::Written,
        };
        if let Some(caret) = dialing.change(|dialer| dialer.edit(&raw, caret, edit)) {
            page::fill_field(&input, &dialer.with_untracked(Dialer::display), caret);
        }
    };
    let undone = move |ev: &InputEvent| {
        let way = match ev.input_type().as_str() {
            "historyUndo" => Dialer::undo,
            "historyRedo" => Dialer::redo,
            _ => return,
        };
        ev.prevent_default();
        travel(dialing, way);
    };
    // Listeners of one type: Leptos compiles each kind of event for itself, one or two kilobytes of the download each.
    let listeners = StoredValue::new_local(None::<[Listener; 3]>);
    whenever(move || {
        let listen = |input: HtmlInputElement| {
            [
                Listener::new(&input, "compositionend", move |ev| edited(ev.unchecked_into())),
                Listener::new(&input, "beforeinput", move |ev| undone(ev.unchecked_ref())),
                Listener::new(&input, "blur", move |_| {
                    dialing.settle();
                }),
            ]
        };
        listeners.set_value(field.get().map(listen));
    });
    // Not while it is the same: a text that is put in again ends the writing of an input method.
    whenever(move || {
        let shown = dialer.with(Dialer::display);
        if let Some(input) = field.get()
            && input.value() != shown
        {
            input.set_value(&shown);
        }
    });
    whenever(move || {
        if dialer.with(Dialer::misses_reader) {
            fetch_reader(dialing);
        }
    });
    view! {
        <div id=PAD class="dial" tabindex="-1" role="group" aria-label=text::dial::pad()>
            <div class="dial-field">
                <CountryPicker dialing />
                <input
                    id=FIELD
                    node_ref=field
                    class="dial-input"
                    class:dial-input-long=live(move || dialer.with(|dialer| dialer.display().len() > 14))
                    type="tel"
                    autocomplete="off"
                    placeholder=text::dial::number()
                    aria-label=text::dial::number_to_call()
                    aria-describedby="dial-error dial-hint"
                    aria-invalid=live(move || error.with(|error| error.is_some().then_some("true")))
                    on:input=on(edited)
                />
                <Backspace dialing />
            </div>
            <Keypad
                on_key=Callback::new(move |key| dialing.press(key))
                on_long=Callback::new(move |key| { dialing.change(|dialer| dialer.push_long(key)); })
            />
            <button
                id="call-button"
                type="button"
                class="action action-call"
                on:click=on(move |_| dialing.call())
            >
                {Icon::PHONE.view()}
                <span>{text::dial::call()}</span>
            </button>
            // Below the keys, so that none moves away under a finger.
            <p id="dial-error" class="dial-error" role="alert" hidden=live(move || error.with(Option::is_none))>
                {live(move || error.get())}
            </p>
            <p id="dial-hint" class="dial-hint" role="status">
                {live(move || hint.get().filter(|_| error.with(Option::is_none)))}
            </p>
        </div>
    }
}

lazy_part! {
    /// Reads what was pasted or linked; nothing is seen of it.
    fn reader_part(dialing: Dialing) -> AnyView {
        dialing.provide_reader();
        ().into_any()
    }
}

fn fetch_reader(dialing: Dialing) {
    spawn_local(async move {
        let LazyPart { load, build } = reader_part(dialing);
        if load.await.is_ok() {
            drop(build());
        } else {
            dialing.fail(text::app::not_loaded());
        }
    });
}

/// Undoes or redoes; false when there is nothing of the kind.
pub(super) fn travel(dialing: Dialing, way: fn(&mut Dialer) -> Option<usize>) -> bool {
    let caret = dialing.change(way).flatten();
    if let (Some(caret), Some(field)) = (caret, page::field(FIELD)) {
        page::fill_field(&field, &dialing.dialer.with_untracked(Dialer::display), caret);
    }
    caret.is_some()
}

/// Takes what was pasted where the caret is, or behind all when that is elsewhere.
pub(super) fn paste(dialing: Dialing, pasted: &str, into: Option<&HtmlInputElement>) {
    let place = into.and_then(|field| {
        Some(field.selection_start().ok()?? as usize..field.selection_end().ok()?? as usize)
    });
    let caret = dialing.change(|dialer| dialer.paste(pasted, place));
    if let (Some(caret), Some(field)) = (caret, into) {
        page::fill_field(field, &dialing.dialer.with_untracked(Dialer::display), caret);
    }
}
