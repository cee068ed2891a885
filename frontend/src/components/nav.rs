use leptos::prelude::*;

use super::icon::Icon;
use super::panel;
use super::same_type::{live, on};
use crate::state::{Phone, Place};
use crate::text;

/// The places of the phone: a bar below it on a phone, a rail beside it where there is room.
#[component]
pub(crate) fn Nav(admin: bool) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let item = move |id: &'static str, place: Place, icon: Icon, words: &'static str| {
        // Once more leads back.
        let go = move |_| {
            phone.place.update(|at| *at = if *at == place { Place::Keypad } else { place });
        };
        view! {
            <button
                id=id
                type="button"
                class="nav-item"
                aria-current=live(move || (phone.place.get() == place).then_some("page"))
                on:click=on(go)
            >
                {icon.view()}
                <span>{words}</span>
            </button>
        }
    };
    view! {
        <nav class="nav" aria-label=text::app::places()>
            {item("keypad-tab", Place::Keypad, Icon::KEYPAD, text::app::keypad())}
            {item(panel::CONTACTS_BUTTON, Place::Contacts, Icon::CONTACTS, text::app::contacts())}
            {admin.then(|| item(panel::ADMIN_BUTTON, Place::Admin, Icon::ADMIN, text::app::admin()))}
            {item(panel::SETTINGS_BUTTON, Place::Settings, Icon::SETTINGS, text::settings::settings())}
        </nav>
    }
}
