use leptos::prelude::*;
use shared::PhoneNumber;

use super::icon::Icon;
use super::settings;
use crate::model::{LineStatus, messages};
use crate::state::Phone;
use crate::text;

/// The line's own number, whether it works, and the way to its settings.
#[component]
pub(crate) fn LineBar(number: PhoneNumber) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let (line, open) = (phone.line, phone.settings_open);
    let state = move || match line.get() {
        LineStatus::Registered => "registered",
        LineStatus::Connecting => "connecting",
        LineStatus::Offline(_) => "offline",
    };
    view! {
        <div class="line">
            <p class="line-number">
                <span class="visually-hidden">{text::line::your_number()}</span>
                <span id="own-number" data-number=number.to_string()>{number.international()}</span>
            </p>
            <div id="line-status" class="line-status" role="status" data-state=state>
                <span class="line-word">{move || messages::line_status(line.get())}</span>
                {move || {
                    let why = messages::line_trouble(line.get());
                    (!why.is_empty()).then(|| view! { <span class="line-why">{why}</span> })
                }}
            </div>
            <button
                id=settings::BUTTON_ID
                type="button"
                class="icon-button"
                aria-label=text::settings::settings()
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {Icon::Settings.view()}
            </button>
        </div>
    }
}
