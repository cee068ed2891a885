mod advice;

use advice::{ADVISER, Adviser};
use leptos::prelude::*;
use shared::written::Written;
use shared::{Country, Key, PhoneNumber};

use super::Phone;
use super::lasting::{Lasting, Shown};
use crate::browser::{links, places};
use crate::messages;
use crate::model::dial_advice::DialAdvice;
use crate::model::{Dialer, Reader, Wish};
use crate::sdk;
use crate::text;

/// The number that is being dialled, on the way to a call.
#[derive(Clone, Copy)]
pub(crate) struct Dialing {
    pub(crate) dialer: Shown<Dialer>,
    /// Why there is no call, in words.
    pub(crate) error: Shown<Option<String>>,
    /// Why there would be no call, while it is typed.
    pub(crate) hint: Shown<Option<String>>,
    own: Own,
    memory: StoredValue<Memory>,
    phone: Phone,
}

/// What only this desk writes.
#[derive(Clone, Copy)]
struct Own {
    dialer: Lasting<Dialer>,
    error: Lasting<Option<String>>,
    hint: Lasting<Option<String>>,
}

#[derive(Default)]
struct Memory {
    advice: DialAdvice,
    adviser: Option<Adviser>,
    /// For calling again by Call on an empty field: the number, and the keys that follow.
    last: Option<(PhoneNumber, String)>,
}

impl Dialing {
    pub(crate) fn new(phone: Phone, home: Option<Country>) -> Self {
        let own = Own {
            dialer: Lasting::new(Dialer::new(home)),
            error: Lasting::new(None),
            hint: Lasting::new(None),
        };
        Self {
            dialer: own.dialer.shown(),
            error: own.error.shown(),
            hint: own.hint.shown(),
            own,
            memory: StoredValue::new(Memory::default()),
            phone,
        }
    }

    /// Says why there is no call. The dial pad may be gone by now.
    pub(crate) fn fail(self, words: &str) {
        self.own.error.try_set(Some(words.to_owned()));
    }

    /// Takes the number that a link has brought. It is not dialled.
    pub(crate) fn heed_links(self) {
        if let Some(number) = links::take() {
            self.change(|dialer| dialer.take_link(&number));
        }
    }

    /// Reads what was not typed, and advises, from now on. The code for it goes where the caller is: into what is loaded later.
    pub(crate) fn provide_reader(self) {
        // A text may be in another language than the page.
        fn names(country: Country) -> String {
            [text::country_name(country), places::country_name("en", country.code())].join("\n")
        }
        let reader = Reader {
            pasted: |pasted, home| Written::read(pasted, home, &names),
            linked: |query, home| Written::from_query(query, links::TO, home, &names),
        };
        // The dial pad may be gone by now.
        if self.dialer.try_with_untracked(|_| ()).is_some() {
            self.memory.update_value(|memory| memory.adviser = Some(ADVISER));
            self.change(|dialer| dialer.provide(reader));
        }
    }

    /// A key was pressed, on the page or on the keyboard.
    pub(crate) fn press(self, key: Key) {
        sdk::play_keys(key.to_char().encode_utf8(&mut [0; 4]));
        self.change(|dialer| dialer.push(key));
    }

    /// Changes the number; an older error goes away.
    pub(crate) fn change<T>(self, change: impl FnOnce(&mut Dialer) -> T) -> Option<T> {
        let result = self.own.dialer.try_update(change);
        let adviser = self.memory.try_with_value(|memory| memory.adviser).flatten();
        let unclear = adviser.and_then(|adviser| {
            self.dialer.with_untracked(|dialer| dialer.remark().and_then(adviser.unclear))
        });
        self.own.error.set(unclear);
        if let Some(adviser) = adviser {
            (adviser.follow)(self);
        }
        result
    }

    /// What an input method was writing is complete; false when there was none.
    pub(crate) fn settle(self) -> bool {
        let is_composed = self.dialer.try_with_untracked(Dialer::is_composed) == Some(true);
        if is_composed {
            self.change(Dialer::settle);
        }
        is_composed
    }

    /// A key pressed outside the field: a digit, `*`, `#`, `+`, a pause, or a letter by its key. False when it is none.
    pub(crate) fn type_char(self, character: char) -> bool {
        if character == '+' {
            self.change(Dialer::push_plus);
            return true;
        }
        if matches!(character, ',' | ';') {
            self.change(|dialer| dialer.push_pause(character));
            return true;
        }
        let Some(key) = Key::from_char(character).or_else(|| Key::from_letter(character)) else {
            return false;
        };
        self.press(key);
        true
    }

    /// Calls the number. An empty field is filled with the last one instead, as telephones do.
    pub(crate) fn call(self) {
        if self.dialer.with_untracked(Dialer::is_unread) {
            // What cannot be read yet is not dialled. Whoever sees to the reader hears of every change, and tries again.
            self.change(|_| ());
            return;
        }
        if self.settle() && self.error.with_untracked(Option::is_some) {
            return;
        }
        let dialer = self.dialer.get_untracked();
        if let Some((last, keys)) =
            self.memory.with_value(|memory| memory.last.clone()).filter(|_| dialer.is_empty())
        {
            self.change(|dialer| dialer.set(&last, &keys));
            return;
        }
        let forbidden = self
            .memory
            .try_with_value(|memory| memory.adviser)
            .flatten()
            .and_then(|adviser| (adviser.refusal)(self));
        match (dialer.number(), forbidden) {
            (Ok(_), Some(why)) => self.own.error.set(Some(why)),
            (Ok(number), None) => self.call_number(number, dialer.keys().to_owned()),
            (Err(error), _) => self.own.error.set(Some(messages::phone_number(&error))),
        }
    }

    /// Calls a number that is known to be one, such as that of the call that has just ended; `keys` are sent when it is open.
    pub(crate) fn call_number(self, number: PhoneNumber, keys: String) {
        self.memory.update_value(|memory| memory.last = Some((number.clone(), keys.clone())));
        match self.phone.dial(number.clone(), keys.clone()) {
            Ok(()) => {
                self.change(Dialer::dialled);
            }
            Err(why) => {
                // Back to the dial pad, where the reason can be read.
                self.phone.wish(Wish::Dismiss);
                self.change(|dialer| dialer.set(&number, &keys));
                self.own.error.set(Some(why));
            }
        }
    }
}
