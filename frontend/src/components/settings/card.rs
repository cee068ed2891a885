use leptos::prelude::*;
use shared::PhoneNumber;

use super::body::settings_body;
use crate::browser::page;
use crate::components::icon::Icon;
use crate::components::lazy::Lazy;
use crate::components::same_type::on;
use crate::state::Phone;
use crate::text;

pub(crate) const ID: &str = "settings";
/// The button that opens them, which gets the focus back.
pub(crate) const BUTTON_ID: &str = "settings-button";

/// Closes the settings; the focus goes back to where it came from.
pub(crate) fn close(phone: Phone) {
    phone.settings_open.set(false);
    page::focus_id_soon(BUTTON_ID);
}

/// Beside the phone or below it, never over it: a call goes on.
#[component]
pub(crate) fn SettingsCard(number: PhoneNumber) -> impl IntoView {
    let phone = expect_context::<Phone>();
    page::focus_id_soon(ID);
    view! {
        <section
            id=ID
            class="card panel settings"
            tabindex="-1"
            aria-labelledby="settings-heading"
        >
            <header class="settings-head">
                <h2 id="settings-heading">{text::settings::settings()}</h2>
                <button
                    id="settings-close"
                    type="button"
                    class="icon-button"
                    aria-label=text::settings::close()
                    on:click=on(move |_| close(phone))
                >
                    {Icon::CLOSE.view()}
                </button>
            </header>
            <Lazy part=move || settings_body(phone, number.clone()) />
        </section>
    }
}
