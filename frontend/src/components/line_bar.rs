use leptos::prelude::*;
use shared::PhoneNumber;

use super::same_type::{live, live_view, on};
use crate::model::{LineStatus, messages};
use crate::state::Phone;
use crate::text;

/// The line's own number, and whether it works.
#[component]
pub(crate) fn LineBar(number: PhoneNumber) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let line = phone.line;
    let state = move || match line.get() {
        LineStatus::Registered => "registered",
        LineStatus::Quiet => "quiet",
        LineStatus::Connecting | LineStatus::Waking | LineStatus::Reconnecting => "connecting",
        LineStatus::Offline(_) => "offline",
    };
    view! {
        <div class="line">
            <p class="line-number">
                <span class="visually-hidden">{text::line::your_number()}</span>
                <span id="own-number" data-number=number.to_string()>{number.international()}</span>
            </p>
            <div id="line-status" class="line-status" role="status" data-state=live(move || Some(state()))>
                <span class="line-word">{live(move || messages::line_status(line.get()))}</span>
                {live_view(move || {
                    let why = messages::line_trouble(line.get());
                    (!why.is_empty()).then(|| view! { <div class="line-why"><span>{why}</span><LineCure /></div> })
                })}
            </div>
        </div>
    }
}

/// What the user can do about it, if there is anything.
#[component]
fn LineCure() -> impl IntoView {
    let phone = expect_context::<Phone>();
    phone.line.get_untracked().cure().map(|cure| {
        view! {
            <button id="line-cure" type="button" class="line-cure" on:click=on(move |_| phone.cure(cure))>
                {messages::cure(cure)}
            </button>
        }
    })
}
