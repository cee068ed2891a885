use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::contacts::{Contact, LONGEST_NAME, LONGEST_NOTE, NewContact};

use super::number_fields::{Fields, NumberFields};
use crate::components::sign_in::FormError;
use crate::state::Contacts;
use crate::text;

/// What a form begins with.
pub(super) enum Start {
    New,
    Known(Contact),
}

/// All of a contact, to be written.
#[component]
pub(super) fn ContactForm(contacts: Contacts, start: Start, done: Callback<()>) -> impl IntoView {
    let (known, start) = match start {
        Start::New => (None, NewContact::default()),
        Start::Known(Contact { id, revision, name, reading, numbers, note, shared, .. }) => {
            (Some((id, revision)), NewContact { name, reading, numbers, note, shared })
        }
    };
    let fields = Fields::new(&start.numbers);
    let name = RwSignal::new(start.name);
    let reading = RwSignal::new(start.reading);
    let note = RwSignal::new(start.note);
    let shared = RwSignal::new(start.shared);
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let wish = NewContact {
            name: name.get_untracked(),
            reading: reading.get_untracked(),
            numbers: fields.written(),
            note: note.get_untracked(),
            shared: shared.get_untracked(),
        };
        if wish.name.trim().is_empty() {
            return error.set(Some(text::contacts::no_name().to_owned()));
        }
        busy.set(true);
        error.set(None);
        let known = known.clone();
        spawn_local(async move {
            let written = match known {
                Some((id, revision)) => contacts.change(&id, revision, wish).await,
                None => contacts.add(&wish).await,
            };
            busy.try_set(false);
            match written {
                Ok(()) => done.run(()),
                Err(why) => drop(error.try_set(Some(why))),
            }
        });
    };
    let first = NodeRef::<Input>::new();
    first.on_load(|field| drop(field.focus()));
    view! {
        <form id="contact-form" class="form contact-form" novalidate on:submit=submit>
            <label for="contact-name">{text::contacts::name()}</label>
            <input
                id="contact-name"
                node_ref=first
                type="text"
                autocomplete="off"
                maxlength=LONGEST_NAME.to_string()
                aria-describedby="contact-error"
                prop:value=move || name.get()
                on:input:target=move |ev| name.set(ev.target().value())
            />
            <label for="contact-reading">{text::contacts::reading()}</label>
            <input
                id="contact-reading"
                type="text"
                autocomplete="off"
                maxlength=LONGEST_NAME.to_string()
                prop:value=move || reading.get()
                on:input:target=move |ev| reading.set(ev.target().value())
            />
            <NumberFields fields />
            <label for="contact-note">{text::contacts::note()}</label>
            <textarea
                id="contact-note"
                rows="3"
                maxlength=LONGEST_NOTE.to_string()
                prop:value=move || note.get()
                on:input:target=move |ev| note.set(ev.target().value())
            ></textarea>
            <label class="check" for="contact-shared">
                <input
                    id="contact-shared"
                    type="checkbox"
                    prop:checked=move || shared.get()
                    on:change:target=move |ev| shared.set(ev.target().checked())
                />
                <span>{text::contacts::share()}</span>
            </label>
            <FormError id="contact-error" words=error />
            <div class="question-answers">
                <button
                    id="contact-save"
                    type="submit"
                    class="action action-brand"
                    aria-busy=move || busy.get().to_string()
                >
                    {move || if busy.get() { text::admin::saving() } else { text::admin::save() }}
                </button>
                <button type="button" class="action action-quiet" on:click=move |_| done.run(())>
                    {text::app::cancel()}
                </button>
            </div>
        </form>
    }
}
