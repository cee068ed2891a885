use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{
    ErrorCode,
    contacts::{Contact, ContactChange, Duplicates, ImportReport, NewContact},
};
use web_sys::File;

use super::Phone;
use crate::api::{self, ApiError};
use crate::text;

/// How long nobody types before it is asked what fits.
const TYPING_MS: u32 = 150;

/// The contacts that the page shows, and what is asked of the server for them. Errors are in words; where the session turns out to
/// be over, the sign-in page is shown instead.
#[derive(Clone, Copy)]
pub(crate) struct Contacts {
    phone: Phone,
    pub(crate) found: ReadSignal<Vec<Contact>>,
    pub(crate) more: ReadSignal<Option<String>>,
    pub(crate) loading: ReadSignal<bool>,
    pub(crate) trouble: ReadSignal<Option<String>>,
    pub(crate) search: ReadSignal<String>,
    pub(crate) favourites: ReadSignal<bool>,
    own: Own,
}

/// What only this desk writes.
#[derive(Clone, Copy)]
struct Own {
    found: RwSignal<Vec<Contact>>,
    more: RwSignal<Option<String>>,
    loading: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    search: RwSignal<String>,
    favourites: RwSignal<bool>,
    /// Counts questions: an answer to one that was given up is not shown.
    question: StoredValue<u32>,
}

impl Contacts {
    pub(crate) fn new(phone: Phone) -> Self {
        let own = Own {
            found: RwSignal::new(Vec::new()),
            more: RwSignal::new(None),
            loading: RwSignal::new(true),
            trouble: RwSignal::new(None),
            search: RwSignal::new(String::new()),
            favourites: RwSignal::new(false),
            question: StoredValue::new(0),
        };
        Self {
            phone,
            found: own.found.read_only(),
            more: own.more.read_only(),
            loading: own.loading.read_only(),
            trouble: own.trouble.read_only(),
            search: own.search.read_only(),
            favourites: own.favourites.read_only(),
            own,
        }
    }

    /// The first of those that fit, in the place of what is shown.
    pub(crate) fn load(self) {
        spawn_local(self.ask(None, 0));
    }

    /// Those behind what is shown.
    pub(crate) fn load_more(self) {
        let after = self.own.more.get_untracked();
        if after.is_some() && !self.own.loading.get_untracked() {
            spawn_local(self.ask(after, 0));
        }
    }

    pub(crate) fn look_for(self, search: String) {
        self.own.search.set(search);
        spawn_local(self.ask(None, TYPING_MS));
    }

    pub(crate) fn show_favourites(self, only: bool) {
        self.own.favourites.set(only);
        self.load();
    }

    async fn ask(self, after: Option<String>, pause_ms: u32) {
        let Some(question) = self.own.question.try_update_value(|question| {
            *question += 1;
            *question
        }) else {
            return;
        };
        let given_up = move || self.own.question.try_get_value() != Some(question);
        if pause_ms > 0 {
            TimeoutFuture::new(pause_ms).await;
            if given_up() {
                return;
            }
        }
        self.own.loading.set(true);
        self.own.trouble.set(None);
        let search = self.own.search.get_untracked();
        let answer = api::contacts(after.as_deref(), &search, self.own.favourites.get_untracked()).await;
        if given_up() {
            return;
        }
        self.own.loading.set(false);
        match self.heed(answer) {
            Ok(page) => {
                self.own.found.update(|found| {
                    if after.is_none() {
                        found.clear();
                    }
                    found.extend(page.contacts);
                });
                self.own.more.set(page.next);
            }
            Err(why) => self.own.trouble.set(Some(why)),
        }
    }

    pub(crate) async fn add(self, contact: &NewContact) -> Result<(), String> {
        self.heed(api::add_contact(contact).await)?;
        self.load();
        Ok(())
    }

    pub(crate) async fn change(self, id: &str, revision: i64, contact: NewContact) -> Result<(), String> {
        let change = ContactChange { revision, contact };
        let changed = self.heed(api::change_contact(id, &change).await)?;
        self.own.found.try_update(|found| {
            if let Some(known) = found.iter_mut().find(|known| known.id == id) {
                *known = changed;
            }
        });
        Ok(())
    }

    pub(crate) async fn remove(self, id: &str) -> Result<(), String> {
        self.heed(api::remove_contact(id).await)?;
        self.own.found.try_update(|found| found.retain(|known| known.id != id));
        Ok(())
    }

    pub(crate) async fn set_favourite(self, id: &str, favourite: bool) -> Result<(), String> {
        self.heed(api::set_favourite(id, favourite).await)?;
        self.own.found.try_update(|found| {
            if let Some(known) = found.iter_mut().find(|known| known.id == id) {
                known.favourite = favourite;
            }
        });
        Ok(())
    }

    pub(crate) async fn import(
        self,
        file: &File,
        duplicates: Duplicates,
        shared: bool,
        commit: bool,
    ) -> Result<ImportReport, String> {
        let report = self.heed(api::import_contacts(file, duplicates, shared, commit).await)?;
        if commit {
            self.load();
        }
        Ok(report)
    }

    fn heed<T>(self, answer: Result<T, ApiError>) -> Result<T, String> {
        answer.map_err(|error| {
            self.phone.is_signed_out(&error);
            let words = match error.code() {
                Some(ErrorCode::Newer) => text::contacts::newer(),
                Some(ErrorCode::Full) => text::contacts::full(),
                Some(ErrorCode::NotFound) => text::contacts::gone(),
                Some(ErrorCode::TooLarge) => text::contacts::too_large(),
                _ => return error.to_string(),
            };
            words.to_owned()
        })
    }
}
