use leptos::prelude::*;

use super::field::field;
use crate::model::{Phase, Wish};
use crate::state::Phone;
use crate::text;

/// The keys that were dialled behind the number: what is sent, what will be, and a way to go on at once or to stop.
#[component]
pub(super) fn SequenceBar() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let parts = Memo::new(move |_| {
        field(phone, |call| {
            let (done, rest) = call.sequence.parts();
            (done.to_owned(), rest.to_owned())
        })()
        .unwrap_or_default()
    });
    let state = Memo::new(move |_| {
        field(phone, |call| match &call.sequence {
            sequence if sequence.keys().is_empty() => "none",
            sequence if !sequence.is_pending() => "over",
            _ if call.phase != Phase::Open => "waiting",
            sequence if sequence.is_asking() => "asking",
            _ => "sending",
        })()
        .unwrap_or("none")
    });
    let words = move || match state.get() {
        "waiting" => text::call::keys_follow(),
        "asking" => text::call::keys_ask(),
        "sending" => text::call::keys_sending(),
        _ => text::call::keys_sent(),
    };
    let is_open = move || matches!(state.get(), "asking" | "sending");
    // "Now" of the next pause is not that of this one.
    let pauses_left = move || parts.with(|(_, rest)| rest.matches([',', ';']).count().to_string());
    view! {
        <div id="sequence" class="sequence" data-state=state data-about=pauses_left hidden=move || state.get() == "none">
            <p role="status">{words}</p>
            <p class="sequence-keys">
                <span id="sequence-sent">{move || parts.get().0}</span>
                <span id="sequence-rest">{move || parts.get().1}</span>
            </p>
            <button
                id="sequence-skip"
                type="button"
                class="quiet-button"
                hidden=move || !is_open()
                on:click=move |_| phone.wish(Wish::SkipPause)
            >
                {text::call::keys_now()}
            </button>
            <button
                id="sequence-stop"
                type="button"
                class="quiet-button"
                hidden=move || !is_open()
                on:click=move |_| phone.wish(Wish::StopSequence)
            >
                {text::call::keys_stop()}
            </button>
        </div>
    }
}
