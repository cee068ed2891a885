use leptos::prelude::*;
use shared::{Country, Key, PhoneNumber};

use super::Phone;
use crate::model::{CallEvent, Dialer};

/// The number that is being dialled, on the way to a call.
#[derive(Clone, Copy)]
pub(crate) struct Dialing {
    pub(crate) dialer: RwSignal<Dialer>,
    /// Why there is no call, in words.
    pub(crate) error: RwSignal<Option<String>>,
    phone: Phone,
    /// For calling again by Call on an empty field.
    last: RwSignal<Option<PhoneNumber>>,
}

impl Dialing {
    pub(crate) fn new(phone: Phone, home: Option<Country>) -> Self {
        Self {
            dialer: RwSignal::new(Dialer::new(home)),
            error: RwSignal::new(None),
            phone,
            last: RwSignal::new(None),
        }
    }

    /// Changes the number; an older error goes away.
    pub(crate) fn change<T>(self, change: impl FnOnce(&mut Dialer) -> T) -> Option<T> {
        self.error.set(None);
        self.dialer.try_update(change)
    }

    /// A key pressed outside the field: a digit, `*`, `#`, `+`, or a letter by its key. False when it is none.
    pub(crate) fn type_char(self, character: char) -> bool {
        if character == '+' {
            self.change(Dialer::push_plus);
            return true;
        }
        let Some(key) = Key::from_char(character).or_else(|| Key::from_letter(character)) else {
            return false;
        };
        self.change(|dialer| dialer.push(key));
        true
    }

    /// Calls the number. An empty field is filled with the last one instead, as telephones do.
    pub(crate) fn call(self) {
        let dialer = self.dialer.get_untracked();
        if let Some(last) = self.last.get_untracked().filter(|_| dialer.is_empty()) {
            self.change(|dialer| dialer.set(&last));
            return;
        }
        match dialer.number() {
            Ok(number) => self.call_number(number),
            Err(error) => self.error.set(Some(error.to_string())),
        }
    }

    /// Calls a number that is known to be one, such as that of the call that has just ended.
    pub(crate) fn call_number(self, number: PhoneNumber) {
        self.last.set(Some(number.clone()));
        match self.phone.dial(number.clone()) {
            Ok(()) => {
                self.change(Dialer::clear);
            }
            Err(why) => {
                // Back to the dial pad, where the reason can be read.
                self.phone.feed_call(CallEvent::Dismiss);
                self.dialer.update(|dialer| dialer.set(&number));
                self.error.set(Some(why));
            }
        }
    }
}
