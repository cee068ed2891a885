use leptos::prelude::*;
use shared::api::contacts::Contact;

use super::files::{Export, Import};
use super::form::{ContactForm, Start};
use super::row::ContactRow;
use crate::browser::page;
use crate::components::icon::Icon;
use crate::components::lazy::lazy_part;
use crate::components::sign_in::FormError;
use crate::state::{Contacts, Dialing, Phone, Place};
use crate::text;

const ADD: &str = "add-contact";

lazy_part! {
    /// What is in the card: the way to find one, the ways to get some, and those that fit.
    pub(crate) fn contacts_body(phone: Phone, dialing: Dialing) -> AnyView {
        view! { <ContactsBody phone dialing /> }.into_any()
    }
}

#[component]
fn ContactsBody(phone: Phone, dialing: Dialing) -> impl IntoView {
    let contacts = Contacts::new(phone);
    contacts.load();
    let dial = Callback::new(move |(number, keys)| {
        // The call is seen where the keypad is.
        phone.place.set(Place::Keypad);
        dialing.call_number(number, keys);
    });
    let adding = RwSignal::new(false);
    let importing = RwSignal::new(false);
    let open = RwSignal::new(None::<String>);
    let done = Callback::new(move |()| {
        adding.set(false);
        importing.set(false);
        page::focus_id_soon(ADD);
    });
    let chip = move |id: &'static str, only: bool, words: &'static str| {
        view! {
            <li>
                <button
                    id=id
                    type="button"
                    class="chip"
                    aria-current=move || (contacts.favourites.get() == only).then_some("true")
                    on:click=move |_| contacts.show_favourites(only)
                >
                    {words}
                </button>
            </li>
        }
    };
    view! {
        <div class="contacts-find">
            <label for="contact-search" class="visually-hidden">{text::contacts::search()}</label>
            <input
                id="contact-search"
                type="search"
                autocomplete="off"
                maxlength="200"
                placeholder=text::contacts::search()
                prop:value=move || contacts.search.get()
                on:input:target=move |ev| contacts.look_for(ev.target().value())
            />
        </div>
        <nav class="contents" aria-label=text::contacts::parts()>
            <ul>
                {chip("contacts-all", false, text::contacts::all())}
                {chip("contacts-favourites", true, text::contacts::favourites())}
            </ul>
        </nav>
        {move || match (adding.get(), importing.get()) {
            (true, _) => view! { <ContactForm contacts start=Start::New done /> }.into_any(),
            (_, true) => view! { <Import contacts done /> }.into_any(),
            (false, false) => {
                view! {
                    <div class="contacts-ways">
                        <button id=ADD type="button" class="action action-quiet" on:click=move |_| adding.set(true)>
                            {text::contacts::add_open()}
                        </button>
                        <button
                            id="import-contacts"
                            type="button"
                            class="action action-quiet"
                            on:click=move |_| importing.set(true)
                        >
                            {text::contacts::import_open()}
                        </button>
                    </div>
                }
                    .into_any()
            }
        }}
        <FormError id="contacts-error" words=contacts.trouble />
        <ul class="contacts" id="contact-list">
            <For
                each=move || contacts.found.get()
                // What has changed is drawn anew.
                key=|contact: &Contact| (contact.id.clone(), contact.revision)
                children=move |contact| view! { <ContactRow contacts contact open dial /> }
            />
        </ul>
        <div role="status">{move || nothing(contacts)}</div>
        {move || {
            contacts
                .more
                .get()
                .map(|_| {
                    view! {
                        <button
                            id="contacts-more"
                            type="button"
                            class="action action-quiet"
                            aria-busy=move || contacts.loading.get().to_string()
                            on:click=move |_| contacts.load_more()
                        >
                            {text::contacts::more()}
                        </button>
                    }
                })
        }}
        <Export />
    }
}

/// Why the list is empty.
fn nothing(contacts: Contacts) -> Option<AnyView> {
    if !contacts.found.with(Vec::is_empty) || contacts.trouble.with(Option::is_some) {
        return None;
    }
    let words = if contacts.loading.get() {
        text::app::loading()
    } else if !contacts.search.with(String::is_empty) {
        text::contacts::none_fits()
    } else if contacts.favourites.get() {
        text::contacts::no_favourites()
    } else {
        text::contacts::none()
    };
    Some(view! { <p class="soft contacts-none">{Icon::CONTACTS.view()} {words}</p> }.into_any())
}
