use std::time::Duration;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use shared::Key;

use super::hold::Hold;
use super::same_type::on;
use crate::text;

/// How long a key is held for its second meaning: the plus sign of 0, the pauses of `*` and `#`.
const LONG_PRESS: Duration = Duration::from_millis(500);

/// The twelve keys. `on_long` gives 0, `*` and `#` a long press.
#[component]
pub(crate) fn Keypad(
    on_key: Callback<Key>,
    #[prop(optional)] on_long: Option<Callback<Key>>,
) -> impl IntoView {
    view! {
        <div class="keypad" role="group" aria-label=text::keypad::keypad()>
            {Key::ALL
                .map(|key| {
                    let on_long = on_long.filter(|_| matches!(key, Key::D0 | Key::Star | Key::Hash));
                    view! { <KeyButton key_=key on_key on_long /> }
                })
                .collect_view()}
        </div>
    }
}

#[component]
fn KeyButton(key_: Key, on_key: Callback<Key>, on_long: Option<Callback<Key>>) -> impl IntoView {
    let hold = Hold::new();
    let press = move || {
        if let Some(on_long) = on_long {
            hold.press(LONG_PRESS, move || {
                on_long.run(key_);
                true
            });
        }
    };
    // A digit is named by what is written on it, letters too.
    let label = match key_ {
        Key::Star => Some(text::keypad::star()),
        Key::Hash => Some(text::keypad::hash()),
        _ => None,
    };
    // What a long press gives is only written where it gives it.
    let letters = match key_ {
        Key::D0 if on_long.is_none() => "",
        Key::Star if on_long.is_some() => ",",
        Key::Hash if on_long.is_some() => ";",
        key => key.letters(),
    };
    view! {
        <button
            type="button"
            class="key"
            data-key=key_.to_char().to_string()
            aria-label=label
            // The focus stays where it is, so that Enter after the last digit calls.
            on:mousedown=on(|ev: MouseEvent| ev.prevent_default())
            on:pointerdown=on(move |_| press())
            on:pointerup=on(move |_| hold.release())
            on:pointerleave=on(move |_| hold.release())
            on:pointercancel=on(move |_| hold.release())
            on:contextmenu=on(|ev: MouseEvent| ev.prevent_default())
            on:click=on(move |ev: MouseEvent| {
                if hold.is_press(&ev) {
                    on_key.run(key_);
                }
            })
        >
            <span class="key-sign">{key_.to_char().to_string()}</span>
            <span class="key-letters">{letters}</span>
        </button>
    }
}
