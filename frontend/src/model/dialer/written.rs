//! What was not typed: pasted, dropped, dictated, linked.

use std::ops::Range;

use shared::written::{Unclear, Written, is_pause};
use shared::{Country, PhoneNumber};

use super::history::Step;
use super::signs::{LONGEST_PLAIN, is_plain, is_sign, signs};
use super::{Dialer, Remark};

/// Reads what is not typed. It is a large thing, and comes a little later than the page; what must wait for it stands in the field
/// as it is.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// What was pasted, dropped or dictated.
    pub pasted: fn(&str, Option<Country>) -> Result<Written, Unclear>,
    /// The query of the address that a link has led to.
    pub linked: fn(&str, Option<Country>) -> Result<Written, Unclear>,
}

impl Dialer {
    /// Takes what was pasted in place of these characters of [`Self::display`], or behind all of it; returns the caret there.
    pub fn paste(&mut self, pasted: &str, place: Option<Range<usize>>) -> usize {
        let place = place.filter(|_| self.composed.is_none());
        self.settle();
        let shown = self.display();
        let place = place.unwrap_or(shown.chars().count()..shown.chars().count());
        let Some(read) = self.read(pasted).filter(|_| self.composed.is_none()) else {
            let (before, behind) = (shown.chars().take(place.start), shown.chars().skip(place.end));
            let raw: String = before.chain(pasted.trim().chars()).chain(behind).collect();
            let caret = place.start + pasted.trim().chars().count();
            return self.wait(&raw, caret);
        };
        let signs = |characters| shown.chars().take(characters).filter(|&sign| is_sign(sign)).count();
        let place = signs(place.start)..signs(place.end);
        self.change(Step::Other, |dialer| dialer.insert(place, read, false));
        self.caret_after(self.caret)
    }

    /// Takes what a link brings in this query of an address, in place of all that was there.
    pub fn take_link(&mut self, query: &str) {
        let Some(reader) = self.reader else {
            self.brought = Some(query.to_owned());
            return;
        };
        self.settle();
        let all = 0..self.text.len();
        let read = (reader.linked)(query, self.home);
        self.change(Step::Other, |dialer| dialer.insert(all, read, false));
    }

    /// Whether something waits for the reader.
    pub fn is_unread(&self) -> bool {
        self.brought.is_some() || self.composed.as_ref().is_some_and(|composed| composed.is_unread)
    }

    /// Whether there is no going on without the reader, or the words for what happened come with it.
    pub fn misses_reader(&self) -> bool {
        self.reader.is_none() && (self.is_unread() || self.remark.is_some())
    }

    /// The reader is there, and reads what waits for it.
    pub fn provide(&mut self, reader: Reader) {
        self.reader = Some(reader);
        if self.is_unread() {
            self.settle();
        }
        if let Some(query) = self.brought.take() {
            self.take_link(&query);
        }
    }

    /// Digits need no reader.
    pub(super) fn read(&self, text: &str) -> Option<Result<Written, Unclear>> {
        let number = PhoneNumber::parse_typed(text, self.home).ok();
        let signs: String = signs(text).collect();
        if is_plain(text.trim()) && !signs.is_empty() && (number.is_some() || signs.len() <= LONGEST_PLAIN) {
            let says_country = signs.starts_with('+') || PhoneNumber::parse_typed(text, None).is_ok();
            return Some(Ok(Written { signs, number, says_country, ..Written::default() }));
        }
        Some((self.reader?.pasted)(text, self.home))
    }

    /// Puts what was read in place of these signs. A number that says its country can stand nowhere but alone, and a whole
    /// number takes the place of a whole number; anything else goes where the caret is. What was typed keeps its form.
    pub(super) fn insert(&mut self, place: Range<usize>, read: Result<Written, Unclear>, is_typed: bool) {
        self.caret = place.end;
        let read = match read {
            Ok(read) => read,
            Err(why) => {
                self.remark = Some(Remark::Unclear(why));
                return;
            }
        };
        let is_all = place.len() == self.text.len();
        let takes_all = match &read.number {
            Some(_) => is_all || read.says_country || (place.is_empty() && self.number().is_ok()),
            None => is_all || (read.says_country && place.start > 0),
        };
        let place = if takes_all { 0..self.text.len() } else { place };
        let written = match &read.number {
            Some(number) if takes_all && (!is_typed || read.says_country) => number.as_str(),
            _ => &read.signs,
        };
        let inserted = [written, &read.keys].concat();
        // Keys need a number before them.
        if place.start == 0 && inserted.starts_with(is_pause) {
            self.remark = Some(Remark::Unclear(Unclear::Nothing));
            return;
        }
        self.caret = place.start + inserted.len();
        self.text.replace_range(place, &inserted);
        self.remark = read.note.map(Remark::Note);
    }
}
