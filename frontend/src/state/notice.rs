use super::lasting::{Lasting, Shown};

/// Something to tell that belongs to no part of the page.
#[derive(Clone, Copy)]
pub(crate) struct Notice {
    pub(crate) words: Shown<Option<&'static str>>,
    shown: Lasting<Option<&'static str>>,
}

impl Notice {
    pub(super) fn new() -> Self {
        let words = Lasting::new(None);
        Self { words: words.shown(), shown: words }
    }

    pub(crate) fn tell(self, words: &'static str) {
        self.say(Some(words));
    }

    pub(crate) fn clear(self) {
        self.say(None);
    }

    /// In the place of what was said before.
    pub(super) fn say(self, words: Option<&'static str>) {
        self.shown.set(words);
    }
}
