use std::time::Duration;

use crate::text;
use leptos::prelude::*;
use shared::Key;

/// How long 0 is held for its second meaning, the plus sign.
const LONG_PRESS: Duration = Duration::from_millis(500);

/// The twelve keys. `on_long_zero` gives 0 a long press.
#[component]
pub(crate) fn Keypad(
    on_key: Callback<Key>,
    #[prop(optional)] on_long_zero: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="keypad" role="group" aria-label=text::keypad::keypad()>
            {Key::ALL
                .map(|key| {
                    let on_long_zero = on_long_zero.filter(|_| key == Key::D0);
                    view! { <KeyButton key_=key on_key on_long_zero /> }
                })
                .collect_view()}
        </div>
    }
}

#[component]
fn KeyButton(key_: Key, on_key: Callback<Key>, on_long_zero: Option<Callback<()>>) -> impl IntoView {
    let held = StoredValue::new(None::<TimeoutHandle>);
    let was_long = StoredValue::new(false);
    let release = move || {
        if let Some(timer) = held.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    let press = move || {
        was_long.set_value(false);
        if let Some(on_long_zero) = on_long_zero {
            let timer = set_timeout_with_handle(
                move || {
                    was_long.set_value(true);
                    on_long_zero.run(());
                },
                LONG_PRESS,
            );
            held.set_value(timer.ok());
        }
    };
    on_cleanup(release);
    let label = match key_ {
        Key::Star => text::keypad::star().to_owned(),
        Key::Hash => text::keypad::hash().to_owned(),
        key => key.to_char().to_string(),
    };
    // Letters on 0 are only true where a long press gives them.
    let letters = if key_ == Key::D0 && on_long_zero.is_none() { "" } else { key_.letters() };
    view! {
        <button
            type="button"
            class="key"
            data-key=key_.to_char().to_string()
            aria-label=label
            // The focus stays where it is, so that Enter after the last digit calls.
            on:mousedown=|ev| ev.prevent_default()
            on:pointerdown=move |_| press()
            on:pointerup=move |_| release()
            on:pointerleave=move |_| release()
            on:pointercancel=move |_| release()
            on:contextmenu=|ev| ev.prevent_default()
            on:click=move |_| {
                if !was_long.try_update_value(std::mem::take).unwrap_or_default() {
                    on_key.run(key_);
                }
            }
        >
            <span class="key-sign">{key_.to_char().to_string()}</span>
            <span class="key-letters">{letters}</span>
        </button>
    }
}
