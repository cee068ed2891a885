//! The field's text while it is edited: by keys, and by what writes more than a key at once.

use shared::Key;

use super::history::{Moment, Step};
use super::signs::{LONGEST, is_key, is_letter, is_plain, is_sign, signs};
use super::splice::Splice;
use super::{Dialer, Remark};

/// How the field was edited. Deleting a separator takes the sign that would have been next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Edit {
    Written,
    DeletedBack,
    DeletedForth,
}

/// What an input method is writing into the field. It must not be touched until that is done: the method goes on with what it
/// believes to stand there. The same for what the reader has not read yet.
#[derive(Clone, Debug)]
pub(super) struct Composed {
    pub(super) raw: String,
    caret: usize,
    pub(super) is_unread: bool,
    /// What stood there before.
    pub(super) before: Moment,
}

impl Dialer {
    /// Takes the input field's text after an edit, with the caret behind `caret` characters; returns the caret in
    /// [`Self::display`].
    pub fn edit(&mut self, raw: &str, caret: usize, edit: Edit) -> usize {
        if self.is_waiting() {
            return self.wait(raw, caret);
        }
        if let Some(composed) = self.composed.take() {
            self.put_back(composed.before);
        }
        let shown = self.shown();
        let splice = Splice::between(&shown, raw, caret);
        let step = if splice.inserted.is_empty() { Step::Deleted } else { Step::Typed };
        let signs_in =
            |text: &str, characters| signs(&text.chars().take(characters).collect::<String>()).count();
        if shown == raw {
            return self.caret_after(signs_in(raw, caret));
        }
        // More than a key at once, as by dropping, dictation or an input method: words and links are understood, not dialled
        // letter by letter.
        let is_first = splice.replaced.start == 0 || !splice.inserted.contains(['+', '＋']);
        let is_typed =
            is_plain(&splice.inserted) && is_first && !(splice.replaced.is_empty() && self.number().is_ok());
        if splice.inserted.chars().nth(1).is_some() && !is_typed {
            let place = signs_in(&shown, splice.replaced.start)..signs_in(&shown, splice.replaced.end);
            let Some(read) = self.read(&splice.inserted) else {
                return self.wait(raw, caret);
            };
            self.change(Step::Other, |dialer| dialer.insert(place, read, true));
            return self.caret_after(self.caret);
        }
        // As on telephones, letters behind a whole number complete its word for the eye only: 1-800-CONTACTS. Elsewhere than
        // there, numbers have no length of their own.
        let is_whole = |dialer: &Self| dialer.number().is_ok_and(|number| number.as_str().starts_with("+1"));
        let mut letters = splice.inserted.chars().filter_map(Key::from_letter);
        let may_be_surplus = splice.replaced == (shown.chars().count()..shown.chars().count());
        if letters.next().is_some() && may_be_surplus && is_whole(self) {
            return self.caret_after(self.caret);
        }
        self.change(step, |dialer| {
            let mut text: String = signs(raw).collect();
            dialer.caret = signs_in(raw, caret);
            if text == dialer.text {
                match edit {
                    Edit::DeletedBack if dialer.caret > 0 => {
                        dialer.caret -= 1;
                        text.remove(dialer.caret);
                    }
                    Edit::DeletedForth if dialer.caret < text.len() => {
                        text.remove(dialer.caret);
                    }
                    Edit::Written | Edit::DeletedBack | Edit::DeletedForth => {}
                }
            }
            dialer.text = text;
            let typed = splice.inserted.chars().next();
            dialer.remark = typed.filter(|sign| is_letter(*sign) && !is_key(*sign)).map(Remark::NoKey);
        });
        self.caret_after(self.caret)
    }

    /// Takes the input field's text while an input method writes there: it stays as it is until [`Self::settle`], or until it
    /// is edited otherwise.
    pub fn compose(&mut self, raw: &str, caret: usize) {
        let (before, is_unread) = match self.composed.take() {
            Some(composed) => (composed.before, composed.is_unread),
            None => (self.moment(), false),
        };
        // Letters are on their way to something else.
        let digits = raw.replace(|sign: char| sign.is_ascii_alphabetic(), "");
        self.text = signs(&digits).take(LONGEST).collect();
        self.remark = None;
        self.composed = Some(Composed { raw: raw.to_owned(), caret, is_unread, before });
    }

    /// Leaves the text as it is until it can be read; returns the caret.
    pub(super) fn wait(&mut self, raw: &str, caret: usize) -> usize {
        self.compose(raw, caret);
        self.composed.iter_mut().for_each(|composed| composed.is_unread = true);
        caret.min(raw.chars().count())
    }

    /// Whether there is no going on without the reader.
    fn is_waiting(&self) -> bool {
        self.reader.is_none() && self.composed.as_ref().is_some_and(|composed| composed.is_unread)
    }

    /// Whether an input method is writing.
    pub fn is_composed(&self) -> bool {
        self.composed.is_some()
    }

    /// What was composed is complete. What is unread stays so until it is read.
    pub fn settle(&mut self) {
        if !self.is_waiting()
            && let Some(Composed { raw, caret, .. }) = self.composed.clone()
        {
            self.edit(&raw, caret, Edit::Written);
        }
    }

    /// The caret in [`Self::display`] behind so many signs.
    pub(super) fn caret_after(&self, signs_before: usize) -> usize {
        let display = self.display();
        let total = display.chars().filter(|&c| is_sign(c)).count();
        if signs_before >= total {
            return display.chars().count();
        }
        let mut left = signs_before;
        display
            .chars()
            .take_while(|&c| {
                left > 0 && {
                    left -= usize::from(is_sign(c));
                    true
                }
            })
            .count()
    }
}
