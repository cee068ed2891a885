use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::contacts::{Duplicates, ImportReport, LARGEST_FILE};
use web_sys::File;

use super::report::{Looked, Written};
use super::row::Trouble;
use crate::api;
use crate::state::Contacts;
use crate::text;

/// A file of the user's, what is in it, and what becomes of it.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    contacts: Contacts,
    file: StoredValue<Option<File>, LocalStorage>,
    pub(super) duplicates: RwSignal<Duplicates>,
    pub(super) shared: RwSignal<bool>,
    pub(super) busy: RwSignal<bool>,
    looked: RwSignal<Option<ImportReport>>,
    written: RwSignal<Option<ImportReport>>,
    error: RwSignal<Option<String>>,
}

impl Reading {
    fn choose(self, file: Option<File>) {
        let Some(file) = file else { return };
        self.looked.set(None);
        if file.size() > LARGEST_FILE as f64 {
            return self.error.set(Some(text::contacts::too_large().to_owned()));
        }
        self.file.set_value(Some(file));
        self.look();
    }

    /// What would become of it.
    pub(super) fn look(self) {
        self.ask(false);
    }

    pub(super) fn write(self) {
        self.ask(true);
    }

    fn ask(self, commit: bool) {
        let Some(file) = self.file.get_value().filter(|_| !self.busy.get_untracked()) else { return };
        self.busy.set(true);
        self.error.set(None);
        let (duplicates, shared) = (self.duplicates.get_untracked(), self.shared.get_untracked());
        spawn_local(async move {
            let report = self.contacts.import(&file, duplicates, shared, commit).await;
            self.busy.try_set(false);
            match report {
                Ok(report) if commit => drop(self.written.try_set(Some(report))),
                Ok(report) => drop(self.looked.try_set(Some(report))),
                Err(why) => drop(self.error.try_set(Some(why))),
            }
        });
    }
}

/// Contacts of another program: a file is chosen, looked at, and then read in.
#[component]
pub(super) fn Import(contacts: Contacts, done: Callback<()>) -> impl IntoView {
    let reading = Reading {
        contacts,
        file: StoredValue::new_local(None),
        duplicates: RwSignal::new(Duplicates::default()),
        shared: RwSignal::new(false),
        busy: RwSignal::new(false),
        looked: RwSignal::new(None),
        written: RwSignal::new(None),
        error: RwSignal::new(None),
    };
    let field = NodeRef::<Input>::new();
    field.on_load(|field| drop(field.focus()));
    view! {
        <section class="contacts-import" aria-labelledby="import-heading">
            <h3 id="import-heading">{text::contacts::import_heading()}</h3>
            {move || match (reading.written.get(), reading.looked.get()) {
                (Some(report), _) => view! { <Written report done /> }.into_any(),
                (None, looked) => {
                    view! {
                        <p class="soft">{text::contacts::import_what()}</p>
                        <label for="import-file" class="visually-hidden">{text::contacts::file()}</label>
                        <input
                            id="import-file"
                            node_ref=field
                            type="file"
                            accept=".vcf,.csv,.txt,text/vcard,text/csv"
                            on:change:target=move |ev| {
                                reading.choose(ev.target().files().and_then(|files| files.get(0)));
                            }
                        />
                        <div role="status">
                            {move || reading.busy.get().then(|| view! { <p class="soft">{text::contacts::file_is_read()}</p> })}
                        </div>
                        <Trouble words=reading.error />
                        {looked.map(|report| view! { <Looked reading report /> })}
                        <button type="button" class="action action-quiet" on:click=move |_| done.run(())>
                            {text::app::cancel()}
                        </button>
                    }
                        .into_any()
                }
            }}
        </section>
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
