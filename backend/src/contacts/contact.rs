use shared::{
    Country,
    api::contacts::{ContactNumber, LONGEST_NAME, LONGEST_NOTE, MOST_NUMBERS, NewContact, NumberKind},
};
use thiserror::Error;

use super::number;
use crate::searched;

/// What a contact is, whosoever it is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Details {
    pub name: String,
    /// How the name is read; may be empty.
    pub reading: String,
    pub numbers: Vec<ContactNumber>,
    pub note: String,
}

/// One that is kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Kept {
    pub id: String,
    pub revision: i64,
    /// All lines have it.
    pub shared: bool,
    /// Of the line that asks.
    pub favourite: bool,
    pub details: Details,
}

/// Why something is no contact.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum ContactFault {
    #[error("The contact has no name. Give it one: without it, a number is only a number.")]
    NoName,
    #[error("The name is too long; it may have {LONGEST_NAME} characters.")]
    LongName,
    #[error("The note is too long; it may have {LONGEST_NOTE} characters.")]
    LongNote,
    #[error("The name has a character that cannot be shown, such as the end of a line. Write it without.")]
    Unreadable,
    #[error("The contact has too many numbers; it may have {MOST_NUMBERS}.")]
    ManyNumbers,
    #[error("“{0}” is no phone number. Write it with + and the country code, such as +81 90-5987-6543.")]
    NoNumber(String),
}

/// Characters of what is no number that are told again.
const SHOWN: usize = 40;

impl Details {
    /// What somebody wants kept, as it is kept. Home is the country of numbers that have none.
    ///
    /// # Errors
    /// What is wrong, and what would be right.
    pub fn checked(new: &NewContact, home: Option<Country>) -> Result<Self, ContactFault> {
        let (name, reading) = (name(&new.name)?, name(&new.reading)?);
        if name.is_empty() {
            return Err(ContactFault::NoName);
        }
        let note = note(&new.note);
        if note.chars().count() > LONGEST_NOTE {
            return Err(ContactFault::LongNote);
        }
        if new.numbers.len() > MOST_NUMBERS {
            return Err(ContactFault::ManyNumbers);
        }
        let mut numbers = Vec::with_capacity(new.numbers.len());
        for ContactNumber { number: written, kind } in &new.numbers {
            let number = number::read(written, home)
                .ok_or_else(|| ContactFault::NoNumber(written.chars().take(SHOWN).collect()))?;
            add(&mut numbers, number, *kind);
        }
        Ok(Self { name, reading, numbers, note })
    }

    /// By what lists are sorted.
    pub(super) fn sort(&self) -> String {
        searched::fold(if self.reading.is_empty() { &self.name } else { &self.reading })
    }

    /// By what it is found.
    pub(super) fn searched(&self) -> String {
        let digits: Vec<_> = self.numbers.iter().map(|number| searched::digits_of(&number.number)).collect();
        let texts = [&self.name, &self.reading, &self.note].map(|text| searched::fold(text));
        [texts.join("\n"), digits.join("\n")].join("\n")
    }

    /// The numbers that are called.
    pub(super) fn called(&self) -> impl Iterator<Item = &str> {
        self.numbers.iter().map(|number| number::called(&number.number))
    }

    /// Gets what it lacks of the other, and tells whether that was anything. Nothing goes: what has no place is left out.
    pub(super) fn merge(&mut self, other: &Self) -> bool {
        let before = self.clone();
        for ContactNumber { number, kind } in &other.numbers {
            if self.numbers.len() < MOST_NUMBERS {
                add(&mut self.numbers, number.clone(), *kind);
            }
        }
        if self.reading.is_empty() && self.name == other.name {
            self.reading.clone_from(&other.reading);
        }
        if !other.note.is_empty() && !self.note.contains(&other.note) {
            let note = [&*self.note, &*other.note].join("\n");
            let note = note.trim_start();
            if note.chars().count() <= LONGEST_NOTE {
                self.note = note.to_owned();
            }
        }
        *self != before
    }
}

/// Once, however often it is given; the first kind that says something stays.
pub(super) fn add(numbers: &mut Vec<ContactNumber>, number: String, kind: NumberKind) {
    match numbers.iter_mut().find(|known| known.number == number) {
        Some(known) if known.kind == NumberKind::Other => known.kind = kind,
        Some(_) => {}
        None => numbers.push(ContactNumber { number, kind }),
    }
}

fn name(text: &str) -> Result<String, ContactFault> {
    let text = text.trim();
    match text {
        _ if text.chars().count() > LONGEST_NAME => Err(ContactFault::LongName),
        _ if text.chars().any(char::is_control) => Err(ContactFault::Unreadable),
        _ => Ok(text.to_owned()),
    }
}

/// Lines may end; nothing else that cannot be seen is kept.
fn note(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let shown: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
    shown.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(name: &str, numbers: &[&str]) -> NewContact {
        let numbers = numbers.iter();
        let numbers =
            numbers.map(|number| ContactNumber { number: (*number).to_owned(), kind: NumberKind::Work });
        NewContact { name: name.to_owned(), numbers: numbers.collect(), ..NewContact::default() }
    }

    fn fault(new: &NewContact) -> ContactFault {
        Details::checked(new, Country::from_code("JP")).unwrap_err()
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(fault(&new(" ", &["110"])), ContactFault::NoName);
        assert_eq!(fault(&new(&"あ".repeat(201), &[])), ContactFault::LongName);
        assert_eq!(fault(&new("a\0b", &[])), ContactFault::Unreadable);
        assert_eq!(fault(&new("a", &["twelve"])), ContactFault::NoNumber("twelve".into()));
        assert_eq!(fault(&new("a", &["110"; 51])), ContactFault::ManyNumbers);
        let note = NewContact { note: "x".repeat(2_001), ..new("a", &[]) };
        assert_eq!(fault(&note), ContactFault::LongNote);
    }

    #[test]
    fn a_number_is_kept_once() {
        let details =
            Details::checked(&new("a", &["090-5987-6543", "+819059876543"]), Country::from_code("JP"));
        assert_eq!(details.unwrap().numbers.len(), 1);
    }

    #[test]
    fn merging_adds_and_takes_nothing() {
        let home = Country::from_code("JP");
        let mut one = Details::checked(&new("Yamada", &["090-5987-6543"]), home).unwrap();
        let mut other = Details::checked(&new("山田", &["090-5987-6543", "+12025550143"]), home).unwrap();
        other.note = "met in Kyoto".into();
        assert!(one.merge(&other));
        assert_eq!((one.name.as_str(), one.numbers.len(), one.note.as_str()), ("Yamada", 2, "met in Kyoto"));
        assert!(!one.merge(&other));
    }
}
