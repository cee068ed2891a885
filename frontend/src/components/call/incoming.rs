use gloo_timers::future::TimeoutFuture;
use leptos::html::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

use crate::browser::{page, typing};
use crate::components::icon::Icon;
use crate::model::{RingFocus, Wish, ring_focus};
use crate::state::Phone;
use crate::text;

/// Answer or decline.
#[component]
pub(crate) fn Incoming() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let answer = NodeRef::<Button>::new();
    answer.on_load(|button| spawn_local(focus_when_idle(button.into())));
    view! {
        <div class="call-actions call-actions-two">
            <button
                id="decline-button"
                type="button"
                class="round round-end"
                on:click=move |_| phone.wish(Wish::Decline)
            >
                {Icon::PHONE.view()}
                <span>{text::incoming::decline()}</span>
            </button>
            <button
                id="answer-button"
                node_ref=answer
                type="button"
                class="round round-call"
                on:click=move |_| phone.wish(Wish::Answer)
            >
                {Icon::PHONE.view()}
                <span>{text::incoming::answer()}</span>
            </button>
        </div>
    }
}

/// Moves the focus to Answer, but away from nobody who types.
async fn focus_when_idle(button: HtmlElement) {
    loop {
        match ring_focus(page::is_focus_in_field(), typing::since_key_ms()) {
            RingFocus::Stay => return,
            RingFocus::Answer => return drop(button.focus()),
            RingFocus::LookAgain(ms) => TimeoutFuture::new(ms as u32).await,
        }
        // Answered or over meanwhile.
        if !button.is_connected() {
            return;
        }
    }
}
