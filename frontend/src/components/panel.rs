use leptos::prelude::*;
use shared::PhoneNumber;

use super::admin::admin_body;
use super::contacts::contacts_body;
use super::icon::Icon;
use super::lazy::{Lazy, Part};
use super::same_type::on;
use super::settings::settings_body;
use crate::browser::page;
use crate::state::{Dialing, Phone, Place};
use crate::text;

pub(crate) const SETTINGS: &str = "settings";
pub(crate) const ADMIN: &str = "admin";
pub(crate) const CONTACTS: &str = "contacts";
/// The buttons that open them, which get the focus back.
pub(crate) const SETTINGS_BUTTON: &str = "settings-button";
pub(crate) const ADMIN_BUTTON: &str = "admin-button";
pub(crate) const CONTACTS_BUTTON: &str = "contacts-button";

/// Closes what is open; the focus goes back to where it came from.
pub(crate) fn close(phone: Phone) {
    let button = match phone.place.get_untracked() {
        Place::Admin => ADMIN_BUTTON,
        Place::Contacts => CONTACTS_BUTTON,
        Place::Settings | Place::Keypad => SETTINGS_BUTTON,
    };
    phone.place.set(Place::Keypad);
    page::focus_id_soon(button);
}

/// What is open beside the phone or below it, never over it: a call goes on.
pub(crate) fn panel(phone: Phone, place: Place, number: PhoneNumber, dialing: Dialing) -> AnyView {
    let (id, heading, close_words, part): (_, _, _, Part) = match place {
        Place::Admin => {
            let part = move || admin_body(phone, number.clone());
            (ADMIN, text::app::admin(), text::app::close_admin(), part.into())
        }
        Place::Contacts => {
            let part = move || contacts_body(phone, dialing);
            (CONTACTS, text::app::contacts(), text::app::close_contacts(), part.into())
        }
        Place::Settings | Place::Keypad => {
            let part = move || settings_body(phone, number.clone());
            (SETTINGS, text::settings::settings(), text::settings::close(), part.into())
        }
    };
    page::focus_id_soon(id);
    view! {
        <section id=id class="card panel settings" tabindex="-1" aria-labelledby="panel-heading">
            <header class="settings-head">
                <h2 id="panel-heading">{heading}</h2>
                <button
                    id=[id, "-close"].concat()
                    type="button"
                    class="icon-button"
                    aria-label=close_words
                    on:click=on(move |_| close(phone))
                >
                    {Icon::CLOSE.view()}
                </button>
            </header>
            <Lazy part />
        </section>
    }
    .into_any()
}
