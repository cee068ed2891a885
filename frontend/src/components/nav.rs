use leptos::prelude::*;

use super::icon::Icon;
use super::same_type::{live, on};
use super::settings;
use crate::state::Phone;
use crate::text;

/// The places of the phone: a bar below it on a phone, a rail beside it where there is room.
#[component]
pub(crate) fn Nav() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let open = phone.settings_open;
    view! {
        <nav class="nav" aria-label=text::app::places()>
            <button
                id="keypad-tab"
                type="button"
                class="nav-item"
                aria-current=live(move || (!open.get()).then_some("page"))
                on:click=on(move |_| open.set(false))
            >
                {Icon::KEYPAD.view()}
                <span>{text::app::keypad()}</span>
            </button>
            <button
                id=settings::BUTTON_ID
                type="button"
                class="nav-item"
                aria-current=live(move || open.get().then_some("page"))
                on:click=on(move |_| open.update(|open| *open = !*open))
            >
                {Icon::SETTINGS.view()}
                <span>{text::settings::settings()}</span>
            </button>
        </nav>
    }
}
