use leptos::html::Button;
use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::model::CallEvent;
use crate::state::Phone;
use crate::text;

/// Answer or decline.
#[component]
pub(crate) fn Incoming() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let answer = NodeRef::<Button>::new();
    answer.on_load(|button| drop(button.focus()));
    view! {
        <div class="call-actions call-actions-two">
            <button
                id="decline-button"
                type="button"
                class="round round-end"
                on:click=move |_| phone.feed_call(CallEvent::Decline)
            >
                {Icon::Phone.view()}
                <span>{text::incoming::decline()}</span>
            </button>
            <button
                id="answer-button"
                node_ref=answer
                type="button"
                class="round round-call"
                on:click=move |_| phone.feed_call(CallEvent::Answer)
            >
                {Icon::Phone.view()}
                <span>{text::incoming::answer()}</span>
            </button>
        </div>
    }
}
