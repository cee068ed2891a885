//! What is typed so far: digits, what was pasted and linked, a caret that survives formatting, keys to be sent behind the number,
//! and the way back.

mod composed;
mod history;
mod signs;
mod splice;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod written;

use composed::Composed;
pub use composed::Edit;
use history::{History, Moment, Step};
use shared::phone::{country_as_typed, format_as_typed};
use shared::written::{Note, Unclear, is_pause};
use shared::{Country, Key, PhoneNumber, PhoneNumberError};
use signs::{LONGEST, split};
pub use written::Reader;

/// The number being dialled: `+`, digits, `*` and `#`; behind a comma or semicolon, keys to be sent once the call is open.
#[derive(Clone, Debug, Default)]
pub struct Dialer {
    text: String,
    home: Option<Country>,
    /// Behind so many signs, at the last change.
    caret: usize,
    composed: Option<Composed>,
    reader: Option<Reader>,
    /// A link that waits for the reader.
    brought: Option<String>,
    history: History,
    remark: Option<Remark>,
}

/// What there is to say of the last change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Remark {
    /// What was made of it.
    Note(Note),
    /// Why nothing was changed.
    Unclear(Unclear),
    /// What was typed is on no key.
    NoKey(char),
}

impl Dialer {
    /// `home` is the country that national numbers are of: the line's own.
    pub fn new(home: Option<Country>) -> Self {
        Self { home, ..Self::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What to show.
    pub fn display(&self) -> String {
        match &self.composed {
            Some(composed) => composed.raw.clone(),
            None => self.shown(),
        }
    }

    fn shown(&self) -> String {
        let (number, keys) = split(&self.text);
        let number = format_as_typed(number, self.home);
        if keys.is_empty() { number } else { [&number, " ", keys].concat() }
    }

    /// The country of the number, as far as it can be told: that of the country code, or the home country.
    pub fn country(&self) -> Option<Country> {
        country_as_typed(split(&self.text).0, self.home)
    }

    /// What there is to say of the last change.
    pub fn remark(&self) -> Option<&Remark> {
        self.remark.as_ref()
    }

    /// Keys to be sent once the call is open, pauses included.
    pub fn keys(&self) -> &str {
        split(&self.text).1
    }

    /// The number, or why it is none.
    ///
    /// # Errors
    /// A sentence for the user.
    pub fn number(&self) -> Result<PhoneNumber, PhoneNumberError> {
        PhoneNumber::parse_typed(split(&self.text).0, self.home)
    }

    /// Takes national numbers as those of this country from now on. A number that says its country gets this one's code.
    pub fn choose_country(&mut self, country: Country) {
        self.settle();
        if let Some(composed) = &mut self.composed {
            composed.before.home = Some(country);
            self.home = Some(country);
            return;
        }
        self.change(Step::Other, |dialer| {
            if let Some(digits) = dialer.text.strip_prefix('+') {
                let code = dialer.country().map_or("", Country::calling_code);
                let national = digits.strip_prefix(code).unwrap_or(digits);
                dialer.text = ["+", country.calling_code(), national].concat();
            }
            dialer.home = Some(country);
        });
    }

    /// Appends a key.
    pub fn push(&mut self, key: Key) {
        self.push_char(key.to_char());
    }

    /// Appends the international prefix sign; it can only stand first.
    pub fn push_plus(&mut self) {
        self.settle();
        if self.text.is_empty() {
            self.push_char('+');
        }
    }

    /// Takes a long press: the plus sign of 0 where it can stand, the pauses of `*` and `#` behind a number; else the key
    /// itself, for nothing pressed may be lost.
    pub fn push_long(&mut self, key: Key) {
        self.settle();
        self.push_char(match (key, self.text.is_empty()) {
            (Key::D0, true) => '+',
            (Key::Star, false) => ',',
            (Key::Hash, false) => ';',
            (key, _) => key.to_char(),
        });
    }

    /// A comma or semicolon: behind a number, keys follow.
    pub fn push_pause(&mut self, pause: char) {
        self.settle();
        if is_pause(pause) && !self.text.is_empty() {
            self.push_char(pause);
        }
    }

    /// Removes the last sign.
    pub fn backspace(&mut self) {
        self.settle();
        if let Some(Composed { mut raw, .. }) = self.composed.clone() {
            raw.pop();
            return self.compose(&raw, usize::MAX);
        }
        self.change(Step::Deleted, |dialer| {
            dialer.text.pop();
        });
    }

    pub fn clear(&mut self) {
        self.change(Step::Other, |dialer| dialer.text.clear());
    }

    /// The number is on its way, and what was typed for it is done with: nothing of it can be brought back by undoing.
    pub fn dialled(&mut self) {
        *self = Self { reader: self.reader, ..Self::new(self.home) };
    }

    /// Takes a number that is known to be one, and the keys behind it.
    pub fn set(&mut self, number: &PhoneNumber, keys: &str) {
        self.change(Step::Other, |dialer| dialer.text = [number.as_str(), keys].concat());
    }

    /// Takes the last change back; returns the caret in [`Self::display`], or `None` when there is nothing to take back.
    pub fn undo(&mut self) -> Option<usize> {
        self.settle();
        if let Some(composed) = self.composed.take() {
            return Some(self.go_to(composed.before));
        }
        let moment = self.history.back(self.moment())?;
        Some(self.go_to(moment))
    }

    /// Makes the change again that was taken back last.
    pub fn redo(&mut self) -> Option<usize> {
        self.settle();
        if self.composed.is_some() {
            return None;
        }
        let moment = self.history.forth(self.moment())?;
        Some(self.go_to(moment))
    }

    fn go_to(&mut self, moment: Moment) -> usize {
        self.put_back(moment);
        self.remark = None;
        self.caret_after(self.caret)
    }

    fn put_back(&mut self, moment: Moment) {
        Moment { text: self.text, home: self.home, caret: self.caret } = moment;
    }

    fn moment(&self) -> Moment {
        Moment { text: self.text.clone(), home: self.home, caret: self.caret }
    }

    /// Every change goes through here: it can be taken back.
    fn change(&mut self, step: Step, change: impl FnOnce(&mut Self)) {
        self.settle();
        if let Some(composed) = self.composed.take() {
            self.put_back(composed.before);
        }
        let before = self.moment();
        self.caret = usize::MAX;
        self.remark = None;
        change(self);
        self.text.truncate(LONGEST);
        self.caret = self.caret.min(self.text.len());
        if (&before.text, before.home) != (&self.text, self.home) {
            self.history.note(before, step);
        }
    }

    fn push_char(&mut self, sign: char) {
        self.settle();
        if let Some(Composed { mut raw, .. }) = self.composed.clone() {
            raw.push(sign);
            return self.compose(&raw, usize::MAX);
        }
        self.change(Step::Typed, |dialer| dialer.text.push(sign));
    }
}
