use leptos::html::Div;
use leptos::prelude::*;

use super::field::field;
use super::pop_out::PopOutButton;
use super::sequence::SequenceBar;
use crate::components::icon::Icon;
use crate::components::keypad::Keypad;
use crate::components::level::Level;
use crate::model::{Phase, Wish};
use crate::state::Phone;
use crate::text;

/// Mute, keypad, a window of its own, and hang up.
#[component]
pub(crate) fn InCall() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let muted = field(phone, |call| call.muted);
    let is_muted = move || muted().unwrap_or(false);
    let open = field(phone, |call| call.phase == Phase::Open);
    let keys = field(phone, |call| call.keys_sent.clone());
    let (keypad, set_keypad) = signal(false);
    // With the keypad, there from the start: nothing may move when the first key is pressed.
    let no_keys = move || !keypad.get() && keys().is_none_or(|keys| keys.is_empty());
    // The button that led here is gone; without this, screen readers start again at the top of the page.
    let controls = NodeRef::<Div>::new();
    controls.on_load(|controls| drop(controls.focus()));
    view! {
        <div class="call-controls" node_ref=controls tabindex="-1" role="group" aria-label=text::call::controls()>
            <p id="keys-sent" class="keys-sent" role="group" aria-label=text::call::keys_sent() hidden=no_keys>
                <span>{keys}</span>
            </p>
            <SequenceBar />
            <Show when=move || keypad.get()>
                <div id="call-keypad">
                    <Keypad on_key=Callback::new(move |key| phone.wish(Wish::Press(key))) />
                </div>
            </Show>
            <div class="call-actions">
                <button
                    id="mute-button"
                    type="button"
                    class="round"
                    aria-pressed=move || is_muted().to_string()
                    on:click=move |_| phone.wish(Wish::ToggleMute)
                >
                    {move || if is_muted() { Icon::MIC_OFF.view() } else { Icon::MIC.view() }}
                    <span>{text::call::mute()}</span>
                    <Level stream=move || phone.local_stream() />
                </button>
                <button
                    id="keypad-button"
                    type="button"
                    class="round"
                    aria-expanded=move || keypad.get().to_string()
                    aria-controls="call-keypad"
                    disabled=move || open() != Some(true)
                    on:click=move |_| set_keypad.update(|shown| *shown = !*shown)
                >
                    {Icon::KEYPAD.view()}
                    <span>{text::call::keypad()}</span>
                </button>
                <PopOutButton />
                <button
                    id="hangup-button"
                    type="button"
                    class="round round-end"
                    on:click=move |_| phone.wish(Wish::HangUp)
                >
                    {Icon::PHONE.view()}
                    <span>{text::call::hang_up()}</span>
                </button>
            </div>
        </div>
    }
}
