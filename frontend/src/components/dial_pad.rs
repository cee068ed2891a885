use leptos::ev::{Event, InputEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::backspace::Backspace;
use super::country_picker::CountryPicker;
use super::icon::Icon;
use super::keypad::Keypad;
use super::same_type::{live, on};
use crate::browser::page;
use crate::model::Dialer;
use crate::state::Dialing;
use crate::text;

const FIELD: &str = "dial-input";
const PAD: &str = "dial-pad";

/// The number field, the keys, and Call.
#[component]
pub(crate) fn DialPad(dialing: Dialing) -> impl IntoView {
    let Dialing { dialer, error, hint, .. } = dialing;
    // What had the focus before, such as the buttons of a call, is gone.
    page::focus_field_soon(FIELD, PAD);
    let edited = move |ev: Event| {
        let Some(input) = ev.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let raw = input.value();
        let caret = input.selection_start().ok().flatten().unwrap_or(u32::MAX) as usize;
        let back = ev.dyn_ref::<InputEvent>().is_some_and(|ev| ev.input_type() == "deleteContentBackward");
        let Some(caret) = dialing.change(|dialer| dialer.edit(&raw, caret, back)) else { return };
        // The field may differ from what is shown although nothing has changed: a letter that is no key.
        input.set_value(&dialer.with_untracked(Dialer::display));
        drop(input.set_selection_range(caret as u32, caret as u32));
    };
    view! {
        <div id=PAD class="dial" tabindex="-1" role="group" aria-label=text::dial::pad()>
            <div class="dial-field">
                <CountryPicker dialing />
                <input
                    id=FIELD
                    class="dial-input"
                    class:dial-input-long=live(move || dialer.with(|dialer| dialer.display().len() > 14))
                    type="tel"
                    autocomplete="off"
                    placeholder=text::dial::number()
                    aria-label=text::dial::number_to_call()
                    aria-describedby="dial-error dial-hint"
                    aria-invalid=live(move || error.with(|error| error.is_some().then_some("true")))
                    prop:value=live(move || dialer.with(Dialer::display))
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
