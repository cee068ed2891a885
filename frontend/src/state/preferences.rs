use super::Phone;
use super::lasting::{Lasting, Shown};
use crate::browser::storage;
use crate::model::LineEvent;

// Of this browser, whoever signs in: which room a phone stands in says more about whether it may ring than its number.
const QUIET: &str = "sidetone.do-not-disturb";
const SILENT_DECLINE: &str = "sidetone.decline-silently";
const ON: &str = "1";

/// What the user has chosen for this browser.
#[derive(Clone, Copy)]
pub(crate) struct Preferences {
    /// Calls do not ring.
    pub(crate) quiet: Shown<bool>,
    /// A declined caller is not told so.
    pub(crate) silent_decline: Shown<bool>,
    shown_quiet: Lasting<bool>,
    shown_silent: Lasting<bool>,
}

impl Preferences {
    pub(super) fn new() -> Self {
        let (quiet, silent) = (Lasting::new(false), Lasting::new(false));
        Self {
            quiet: quiet.shown(),
            silent_decline: silent.shown(),
            shown_quiet: quiet,
            shown_silent: silent,
        }
    }

    fn read(self) {
        self.shown_quiet.set(is_on(QUIET));
        self.shown_silent.set(is_on(SILENT_DECLINE));
    }
}

impl Phone {
    /// Whether calls ring in this browser.
    pub(crate) fn set_quiet(self, quiet: bool) {
        storage::set(QUIET, if quiet { ON } else { "" });
        self.preferences_changed();
    }

    /// What a declined caller hears: nothing new, or that the line is busy.
    pub(crate) fn set_silent_decline(self, silent: bool) {
        storage::set(SILENT_DECLINE, if silent { ON } else { "" });
        self.preferences_changed();
    }

    /// Here, or in another tab, which is how one that does not have the phone tells the one that has.
    pub(crate) fn preferences_changed(self) {
        self.preferences.read();
        if self.with(|core| core.tabs.is_owner()) {
            self.feed_line(LineEvent::Quiet(self.preferences.quiet.get_untracked()));
        }
        self.sound_choices_changed();
    }
}

fn is_on(key: &str) -> bool {
    storage::get(key).as_deref() == Some(ON)
}
