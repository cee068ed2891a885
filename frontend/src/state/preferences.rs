use super::Phone;
use crate::browser::storage;
use crate::model::LineEvent;

// Of this browser, whoever signs in: which room a phone stands in says more about whether it may ring than its number.
const QUIET: &str = "sidetone.do-not-disturb";
const SILENT_DECLINE: &str = "sidetone.decline-silently";
const ON: &str = "1";

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
        self.quiet.set(is_on(QUIET));
        self.silent_decline.set(is_on(SILENT_DECLINE));
        if self.with(|core| core.tabs.is_owner()) {
            self.feed_line(LineEvent::Quiet(self.quiet.get_untracked()));
        }
        self.sound_choices_changed();
    }
}

fn is_on(key: &str) -> bool {
    storage::get(key).as_deref() == Some(ON)
}
