use leptos::prelude::*;
use shared::PhoneNumber;

use super::same_type::{live, live_view, on};
use crate::messages;
use crate::model::LineStatus;
use crate::model::audio::Audio;
use crate::state::Phone;
use crate::text;

/// The line's own number, and whether it works.
#[component]
pub(crate) fn LineBar(number: PhoneNumber) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let line = phone.line.status;
    let microphone = Memo::new(move |_| phone.sound.audio.with(Audio::microphone_trouble));
    // Calls come, but nobody would hear an answer.
    let unheard =
        move || line.get() == LineStatus::Registered && microphone.get().is_some_and(|why| !why.is_wait());
    view! {
        <div class="line">
            <p class="line-number">
                <span class="visually-hidden">{text::line::your_number()}</span>
                <span id="own-number" data-number=number.to_string()>{number.international()}</span>
            </p>
            <div
                id="line-status"
                class="line-status"
                role="status"
                data-state=live(move || Some(line_state(line.get())))
                data-unheard=live(move || unheard().then_some(""))
            >
                <span class="line-word">
                    {live(move || if unheard() { text::line::no_microphone() } else { messages::line_status(line.get()) })}
                </span>
            </div>
        </div>
    }
}

/// What is the matter with the line.
#[component]
pub(crate) fn LineTrouble() -> impl IntoView {
    let line = expect_context::<Phone>().line.status;
    live_view(move || {
        let why = messages::line_trouble(line.get());
        (!why.is_empty()).then(|| {
            view! {
                <div class="strip line-why" data-state=line_state(line.get())>
                    <span>{why}</span>
                    <LineCure />
                </div>
            }
        })
    })
}

fn line_state(line: LineStatus) -> &'static str {
    match line {
        LineStatus::Registered => "registered",
        LineStatus::Quiet => "quiet",
        LineStatus::Connecting | LineStatus::Waking | LineStatus::Reconnecting => "connecting",
        LineStatus::Offline(_) => "offline",
    }
}

/// What the user can do about it, if there is anything.
#[component]
fn LineCure() -> impl IntoView {
    let phone = expect_context::<Phone>();
    phone.line.status.get_untracked().cure().map(|cure| {
        view! {
            <button id="line-cure" type="button" class="line-cure" on:click=on(move |_| phone.cure(cure))>
                {messages::cure(cure)}
            </button>
        }
    })
}
