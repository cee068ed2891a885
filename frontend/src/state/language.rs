use leptos::task::spawn_local;

use super::Phone;
use super::lasting::{Lasting, Shown};
use crate::api;
use crate::browser::{page, storage};
use crate::text::{self, Language};

/// What is kept: the tag of the language that was chosen in this browser.
const KEY: &str = "sidetone.language";

/// Why a language is not spoken.
enum Missing {
    /// Its file could not be loaded.
    File,
    /// Its file is of a newer or older build than this page.
    Build,
}

/// The language of the page.
#[derive(Clone, Copy)]
pub(crate) struct LanguageDesk {
    /// That of all texts. Who shows texts outside a page that is built anew must track it.
    pub(crate) spoken: Shown<&'static Language>,
    shown: Lasting<&'static Language>,
}

impl LanguageDesk {
    pub(super) fn new() -> Self {
        let spoken = Lasting::new(text::current());
        Self { spoken: spoken.shown(), shown: spoken }
    }
}

impl Phone {
    /// Speaks the language that was chosen in this browser, else the first of the browser's own that there is. English is
    /// spoken until its texts are there, and when they are not to be had.
    pub(crate) async fn restore_language(self) {
        let chosen = storage::get(KEY).and_then(|tag| text::find(&tag));
        if let Some(language) = chosen.or_else(|| page::languages().iter().find_map(|tag| text::find(tag))) {
            self.speak(language).await;
        }
    }

    /// From now on in this language. The view is built anew; a call goes on.
    pub(crate) fn choose_language(self, language: &'static Language) {
        spawn_local(async move {
            if self.speak(language).await {
                storage::set(KEY, language.tag);
            }
        });
    }

    async fn speak(self, language: &'static Language) -> bool {
        let result = load(language).await;
        if let Err(missing) = &result {
            self.notice.tell(match missing {
                Missing::File => text::app::language_missing(),
                Missing::Build => text::app::language_of_other_build(),
            });
        }
        page::set_language(text::current().tag, text::current().right_to_left);
        // Also when nothing has changed: what shows the choice must show the old one again.
        self.language.shown.set(text::current());
        result.is_ok()
    }
}

async fn load(language: &'static Language) -> Result<(), Missing> {
    if !text::choose(language) {
        let file = api::messages(language.tag).await.map_err(|_| Missing::File)?;
        if !text::add(language, file) {
            return Err(Missing::Build);
        }
        text::choose(language);
    }
    Ok(())
}
