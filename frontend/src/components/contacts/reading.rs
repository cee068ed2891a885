use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::contacts::{Duplicates, ImportReport, LARGEST_FILE};
use web_sys::File;

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
    pub(super) looked: RwSignal<Option<ImportReport>>,
    pub(super) written: RwSignal<Option<ImportReport>>,
    pub(super) error: RwSignal<Option<String>>,
}

impl Reading {
    pub(super) fn new(contacts: Contacts) -> Self {
        Self {
            contacts,
            file: StoredValue::new_local(None),
            duplicates: RwSignal::new(Duplicates::default()),
            shared: RwSignal::new(false),
            busy: RwSignal::new(false),
            looked: RwSignal::new(None),
            written: RwSignal::new(None),
            error: RwSignal::new(None),
        }
    }

    pub(super) fn choose(self, file: Option<File>) {
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
