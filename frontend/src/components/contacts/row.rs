use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;
use shared::api::contacts::{Contact, ContactNumber};

use super::form::{ContactForm, Start};
use super::kind::{called, shown, words};
use crate::browser::page;
use crate::components::icon::Icon;
use crate::components::question::{Asking, Folding};
use crate::state::Contacts;
use crate::text;

/// Calls a number, and sends the keys once the call is open.
pub(super) type Dial = Callback<(PhoneNumber, String)>;

/// A contact: who it is, one click to call or to mark it, and, unfolded, all of it.
#[component]
pub(super) fn ContactRow(
    contacts: Contacts,
    contact: Contact,
    open: RwSignal<Option<String>>,
    dial: Dial,
) -> impl IntoView {
    let id = StoredValue::new(contact.id.clone());
    let is_open = Memo::new(move |_| open.with(|open| id.with_value(|id| open.as_ref() == Some(id))));
    let toggle = move |_| open.set((!is_open.get_untracked()).then(|| id.get_value()));
    let first = contact.numbers.first().cloned();
    let second = match (&first, contact.numbers.len()) {
        (None, _) => text::contacts::no_number().to_owned(),
        (Some(number), 1) => shown(&number.number),
        (Some(number), many) => text::contacts::and_more(&shown(&number.number), &(many - 1).to_string()),
    };
    let call = contact.numbers.iter().find_map(|number| called(&number.number));
    let call = call.map(|what| view! { <CallButton label=text::contacts::call(&contact.name) what dial /> });
    let name = contact.name.clone();
    let all = StoredValue::new(contact.clone());
    view! {
        <li class="contact" data-about=contact.id.clone()>
            <div class="contact-line">
                <button
                    id=["contact-", &contact.id].concat()
                    type="button"
                    class="contact-head"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=toggle
                >
                    <span class="contact-name">{name}</span>
                    <span class="contact-number">{second}</span>
                </button>
                <Favourite contacts contact=contact.clone() />
                {call}
            </div>
            {move || {
                is_open.get().then(|| view! { <Unfolded contacts contact=all.get_value() open dial /> })
            }}
        </li>
    }
}

/// The star: one of this line's favourites, or not.
#[component]
fn Favourite(contacts: Contacts, contact: Contact) -> impl IntoView {
    let Contact { id, name, favourite, .. } = contact;
    let known = StoredValue::new(id);
    let is_one = Memo::new(move |_| {
        contacts.found.with(|found| {
            known.with_value(|id| {
                found.iter().find(|one| one.id == *id).map_or(favourite, |one| one.favourite)
            })
        })
    });
    let busy = RwSignal::new(false);
    let toggle = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let wish = !is_one.get_untracked();
            drop(contacts.set_favourite(&known.get_value(), wish).await);
            busy.try_set(false);
        });
    };
    view! {
        <button
            type="button"
            class="icon-button contact-star"
            aria-label=text::contacts::favourite(&name)
            aria-pressed=move || is_one.get().to_string()
            on:click=toggle
        >
            {Icon::STAR.view()}
        </button>
    }
}

#[component]
fn Unfolded(
    contacts: Contacts,
    contact: Contact,
    open: RwSignal<Option<String>>,
    dial: Dial,
) -> impl IntoView {
    let editing = RwSignal::new(false);
    let id = contact.id.clone();
    let head = ["contact-", &id].concat();
    let edit_id = ["edit-", &id].concat();
    let back = edit_id.clone();
    let done = Callback::new(move |()| {
        editing.set(false);
        page::focus_id_soon(back.clone());
    });
    let question = text::contacts::remove_question(&contact.name);
    let remove = Callback::new(move |folding: Folding| {
        let (id, head) = (id.clone(), head.clone());
        spawn_local(async move {
            let removed = contacts.remove(&id).await;
            if removed.is_ok() {
                open.try_set(None);
                // It is gone, and the focus must not be lost with it.
                page::focus_id_soon("contact-search");
            } else {
                page::focus_id_soon(head);
            }
            folding.end(removed);
        });
    });
    let all = StoredValue::new(contact);
    view! {
        <div class="contact-body">
            {move || {
                if editing.get() {
                    let start = Start::Known(all.get_value());
                    return view! { <ContactForm contacts start done /> }.into_any();
                }
                let contact = all.get_value();
                let remove_id = ["remove-", &contact.id].concat();
                view! {
                    <ul class="contact-numbers">
                        {contact.numbers.into_iter().map(|number| view! { <Number number dial /> }).collect_view()}
                    </ul>
                    {(!contact.note.is_empty()).then(|| view! { <p class="contact-note">{contact.note}</p> })}
                    {contact.shared.then(|| view! { <p class="soft">{text::contacts::is_shared()}</p> })}
                    <div class="contact-ways">
                        <button
                            id=edit_id.clone()
                            type="button"
                            class="text-button"
                            on:click=move |_| editing.set(true)
                        >
                            {text::contacts::edit()}
                        </button>
                        <Asking
                            id=remove_id
                            open=text::contacts::remove_open()
                            words=question.clone()
                            yes=text::contacts::remove()
                            on_yes=remove
                        />
                    </div>
                }
                    .into_any()
            }}
        </div>
    }
}

#[component]
fn Number(number: ContactNumber, dial: Dial) -> impl IntoView {
    let ContactNumber { number, kind } = number;
    let text = shown(&number);
    let call =
        called(&number).map(|what| view! { <CallButton label=text::contacts::call(&text) what dial /> });
    view! {
        <li>
            <span class="contact-kind">{words(kind)}</span>
            <span class="contact-number">{text}</span>
            {call}
        </li>
    }
}

#[component]
fn CallButton(label: String, what: (PhoneNumber, String), dial: Dial) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button contact-call"
            aria-label=label
            on:click=move |_| dial.run(what.clone())
        >
            {Icon::PHONE.view()}
        </button>
    }
}
