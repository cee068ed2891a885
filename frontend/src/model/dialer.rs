//! What is typed so far: digits, cleaned pastes, a caret that survives formatting, keys to be sent behind the number.

mod sequence;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use sequence::{MAX_KEYS, is_pause};
use shared::phone::{MAX_INPUT, country_as_typed, format_as_typed};
use shared::{Country, Key, PhoneNumber, PhoneNumberError};

/// The number being dialled: `+`, digits, `*` and `#`; behind a comma or semicolon, keys to be sent once the call is open.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Dialer {
    text: String,
    home: Option<Country>,
}

impl Dialer {
    /// `home` is the country that national numbers are of: the line's own.
    pub fn new(home: Option<Country>) -> Self {
        Self { text: String::new(), home }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What to show.
    pub fn display(&self) -> String {
        let (number, keys) = sequence::split(&self.text);
        let number = format_as_typed(number, self.home);
        if keys.is_empty() { number } else { [&number, " ", keys].concat() }
    }

    /// The country of the number, as far as it can be told: that of the country code, or the home country.
    pub fn country(&self) -> Option<Country> {
        country_as_typed(sequence::split(&self.text).0, self.home)
    }

    /// Takes national numbers as those of this country from now on. A number that says its country gets this one's code.
    pub fn choose_country(&mut self, country: Country) {
        if let Some(digits) = self.text.strip_prefix('+') {
            let code = self.country().map_or("", Country::calling_code);
            let national = digits.strip_prefix(code).unwrap_or(digits);
            self.text = ["+", country.calling_code(), national].concat();
        }
        self.home = Some(country);
    }

    /// Keys to be sent once the call is open, pauses included.
    pub fn keys(&self) -> &str {
        sequence::split(&self.text).1
    }

    /// The number, or why it is none.
    ///
    /// # Errors
    /// A sentence for the user.
    pub fn number(&self) -> Result<PhoneNumber, PhoneNumberError> {
        PhoneNumber::parse(sequence::split(&self.text).0, self.home)
    }

    /// Appends a key.
    pub fn push(&mut self, key: Key) {
        self.push_char(key.to_char());
    }

    /// Appends the international prefix sign; it can only stand first.
    pub fn push_plus(&mut self) {
        if self.text.is_empty() {
            self.push_char('+');
        }
    }

    /// Takes a long press: the plus sign of 0 where it can stand, the pauses of `*` and `#` behind a number; else the key
    /// itself, for nothing pressed may be lost.
    pub fn push_long(&mut self, key: Key) {
        self.push_char(match key {
            Key::D0 if self.text.is_empty() => '+',
            Key::Star if !self.text.is_empty() => ',',
            Key::Hash if !self.text.is_empty() => ';',
            key => key.to_char(),
        });
    }

    /// A comma or semicolon: behind a number, keys follow.
    pub fn push_pause(&mut self, pause: char) {
        if is_pause(pause) && !self.text.is_empty() {
            self.push_char(pause);
        }
    }

    /// Removes the last sign.
    pub fn backspace(&mut self) {
        self.text.pop();
    }

    pub fn clear(&mut self) {
        self.text.clear();
    }

    /// Takes a number that is known to be one, and the keys behind it.
    pub fn set(&mut self, number: &PhoneNumber, keys: &str) {
        self.text = [number.as_str(), keys].concat();
    }

    /// Takes what a person pasted: a number in any written form, or at least its digits.
    pub fn paste(&mut self, pasted: &str) {
        let (written, keys) = sequence::split_pasted(pasted.trim());
        if let Ok(number) = PhoneNumber::parse(written, self.home) {
            self.set(&number, &keys);
        } else {
            // Letters are words around the number here, not keys.
            self.text = signs(written, false).filter(|sign| !is_pause(*sign)).chain(keys.chars()).collect();
            self.text.truncate(LONGEST);
        }
    }

    /// Takes what a link brings. In an address, a plus sign that was not escaped has become a space.
    pub fn take_link(&mut self, number: &str) {
        match number.strip_prefix(' ').filter(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit())) {
            Some(digits) => self.paste(&["+", digits].concat()),
            None => self.paste(number),
        }
    }

    /// Takes the input field's text after an edit, with the caret behind `caret` characters; returns the caret in
    /// [`Self::display`]. `deleted_back` is set when the edit was a backspace: over a separator, it takes the sign
    /// before it.
    pub fn edit(&mut self, raw: &str, caret: usize, deleted_back: bool) -> usize {
        let mut text: String = signs(raw, true).collect();
        let mut before = signs(&raw.chars().take(caret).collect::<String>(), true).count();
        if deleted_back && text == self.text && before > 0 {
            before -= 1;
            text.remove(before);
        }
        text.truncate(LONGEST);
        self.text = text;
        self.caret_after(before)
    }

    /// The caret in [`Self::display`] behind so many signs.
    fn caret_after(&self, signs_before: usize) -> usize {
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

    fn push_char(&mut self, sign: char) {
        if self.text.len() < LONGEST {
            self.text.push(sign);
        }
    }
}

const LONGEST: usize = MAX_INPUT + MAX_KEYS;

fn is_sign(character: char) -> bool {
    matches!(character, '0'..='9' | '*' | '#' | '+' | ',' | ';')
}

/// The signs in a text: digits of any width, `*`, `#`, a leading `+`, pauses behind the first sign, and letters by their
/// keys if asked for.
fn signs(text: &str, letters: bool) -> impl Iterator<Item = char> {
    let mut first = true;
    text.chars().filter_map(move |character| {
        let sign = match character {
            '+' | '＋' => first.then_some('+'),
            ',' | '，' => (!first).then_some(','),
            ';' | '；' => (!first).then_some(';'),
            _ => Key::from_char(character)
                .or_else(|| Key::from_letter(character).filter(|_| letters))
                .map(Key::to_char),
        };
        first &= sign.is_none();
        sign
    })
}
