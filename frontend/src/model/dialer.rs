//! What is typed so far: digits, cleaned pastes, a caret that survives formatting.

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use shared::phone::{MAX_INPUT, format_as_typed};
use shared::{Country, Key, PhoneNumber, PhoneNumberError};

/// The number being dialled: `+`, digits, `*` and `#`.
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
        format_as_typed(&self.text, self.home)
    }

    /// The number, or why it is none.
    ///
    /// # Errors
    /// A sentence for the user.
    pub fn number(&self) -> Result<PhoneNumber, PhoneNumberError> {
        PhoneNumber::parse(&self.text, self.home)
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

    /// Takes a long press on 0: the plus sign where it can stand, else the digit, for nothing pressed may be lost.
    pub fn push_long_zero(&mut self) {
        self.push_char(if self.text.is_empty() { '+' } else { '0' });
    }

    /// Removes the last sign.
    pub fn backspace(&mut self) {
        self.text.pop();
    }

    pub fn clear(&mut self) {
        self.text.clear();
    }

    /// Takes a number that is known to be one.
    pub fn set(&mut self, number: &PhoneNumber) {
        number.as_str().clone_into(&mut self.text);
    }

    /// Takes what a person pasted: a number in any written form, or at least its digits.
    pub fn paste(&mut self, pasted: &str) {
        if let Ok(number) = PhoneNumber::parse(pasted, self.home) {
            self.set(&number);
        } else {
            // Letters are words around the number here, not keys.
            self.text = signs(pasted, false).collect();
            self.text.truncate(MAX_INPUT);
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
        text.truncate(MAX_INPUT);
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
        if self.text.len() < MAX_INPUT {
            self.text.push(sign);
        }
    }
}

fn is_sign(character: char) -> bool {
    matches!(character, '0'..='9' | '*' | '#' | '+')
}

/// The signs in a text: digits of any width, `*`, `#`, a leading `+`, and letters by their keys if asked for.
fn signs(text: &str, letters: bool) -> impl Iterator<Item = char> {
    let mut first = true;
    text.chars().filter_map(move |character| {
        let sign = match character {
            '+' | '＋' => first.then_some('+'),
            _ => Key::from_char(character)
                .or_else(|| Key::from_letter(character).filter(|_| letters))
                .map(Key::to_char),
        };
        first &= sign.is_none();
        sign
    })
}
