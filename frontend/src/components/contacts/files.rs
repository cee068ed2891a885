use leptos::prelude::*;

use super::reading::Reading;
use super::report::{Looked, Written};
use crate::api;
use crate::browser::page;
use crate::components::sign_in::FormError;
use crate::state::Contacts;
use crate::text;

/// Contacts of another program: a file is chosen, looked at, and then read in.
#[component]
pub(super) fn Import(contacts: Contacts, done: Callback<()>) -> impl IntoView {
    let reading = Reading::new(contacts);
    page::focus_id_soon("import-file");
    view! {
        <section class="contacts-import" aria-labelledby="import-heading">
            <h3 id="import-heading">{text::contacts::import_heading()}</h3>
            {move || match reading.written.get() {
                Some(report) => view! { <Written report done /> }.into_any(),
                None => view! { <Choose reading done /> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Choose(reading: Reading, done: Callback<()>) -> impl IntoView {
    view! {
        <p class="soft">{text::contacts::import_what()}</p>
        <label for="import-file" class="visually-hidden">{text::contacts::file()}</label>
        <input
            id="import-file"
            type="file"
            accept=".vcf,.csv,.txt,text/vcard,text/csv"
            on:change:target=move |ev| {
                reading.choose(ev.target().files().and_then(|files| files.get(0)));
            }
        />
        <div role="status">
            {move || reading.busy.get().then(|| view! { <p class="soft">{text::contacts::file_is_read()}</p> })}
        </div>
        <FormError id="contact-error" words=reading.error />
        {move || reading.looked.get().map(|report| view! { <Looked reading report /> })}
        <button type="button" class="action action-quiet" on:click=move |_| done.run(())>
            {text::app::cancel()}
        </button>
    }
}

/// The way of all of them to another program.
#[component]
pub(super) fn Export() -> impl IntoView {
    let link = |format: &'static str, file: &'static str, words: &'static str| {
        view! {
            <a id=["export-", format].concat() class="link" href=api::export_address(format) download=file>
                {words}
            </a>
        }
    };
    view! {
        <p class="contacts-export">
            <span class="soft">{text::contacts::export()}</span>
            {link("vcard", "contacts.vcf", text::contacts::as_vcard())}
            {link("csv", "contacts.csv", text::contacts::as_csv())}
        </p>
    }
}
