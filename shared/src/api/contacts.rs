//! Names for numbers, below `api/contacts`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::PhoneNumber;

/// Characters of a name, and of its reading, at most.
pub const LONGEST_NAME: usize = 200;
/// Characters of a note, at most.
pub const LONGEST_NOTE: usize = 2_000;
/// Numbers of one contact, at most.
pub const MOST_NUMBERS: usize = 50;
/// Contacts that a line has of its own, and that all lines share, at most.
pub const MOST_CONTACTS: u32 = 50_000;
/// Bytes of a file that is read in, at most.
pub const LARGEST_FILE: usize = 16 * 1024 * 1024;
/// Numbers that are asked about at once, at most.
pub const MOST_ASKED: usize = 60;

/// What a number is of its owner's.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    Mobile,
    Work,
    Home,
    Main,
    Fax,
    #[default]
    Other,
}

impl NumberKind {
    pub const ALL: [Self; 6] = [Self::Mobile, Self::Work, Self::Home, Self::Main, Self::Fax, Self::Other];

    /// As it is stored and written into files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::Work => "work",
            Self::Home => "home",
            Self::Main => "main",
            Self::Fax => "fax",
            Self::Other => "other",
        }
    }

    /// The kind of a word; a word of another version is [`NumberKind::Other`].
    pub fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or_default()
    }
}

/// One number of a contact.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ContactNumber {
    /// E.164, with the keys that follow it once the call is open (`+18005551234,,12#`); or a number that works in one place
    /// only, such as `110`. In a request: as it is written, in the country of the line where it has none.
    pub number: String,
    #[serde(default)]
    pub kind: NumberKind,
}

/// `POST api/contacts`: adds one.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    pub name: String,
    /// How the name is read, in kana; lists are sorted by it. May be empty.
    #[serde(default)]
    pub reading: String,
    pub numbers: Vec<ContactNumber>,
    #[serde(default)]
    pub note: String,
    /// All lines of the server see it and may change it.
    #[serde(default)]
    pub shared: bool,
}

/// `POST api/contacts/{id}`: what a contact is from now on.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ContactChange {
    /// [`Contact::revision`] of what was changed. Where somebody else was quicker, the answer is 409, and nothing is lost.
    pub revision: i64,
    pub contact: NewContact,
}

/// `POST api/contacts/{id}/favourite`: whether it is one of this line's.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FavouriteChange {
    pub favourite: bool,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Contact {
    pub id: String,
    /// Counts its changes.
    pub revision: i64,
    pub name: String,
    #[serde(default)]
    pub reading: String,
    pub numbers: Vec<ContactNumber>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub shared: bool,
    #[serde(default)]
    pub favourite: bool,
}

/// `GET api/contacts`: by reading and name. `?after=` is [`ContactPage::next`] of the page before it, `?search=` words of the name,
/// the reading or the note, or any part of a number in any way of writing; `?favourites=true` those of this line only.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ContactPage {
    pub contacts: Vec<Contact>,
    /// Where the next page begins; `None` on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// `POST api/contact_names`: whose numbers are these? A body, not a query, which logs would keep.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NamesQuestion {
    pub numbers: Vec<PhoneNumber>,
}

/// The contacts of those numbers that have one.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Names {
    pub names: BTreeMap<String, NameOfNumber>,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct NameOfNumber {
    /// [`Contact::id`]
    pub id: String,
    pub name: String,
    pub kind: NumberKind,
}

/// What becomes of a contact in a file that has a number of one that is there.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Duplicates {
    /// The file's is left out.
    #[default]
    Skip,
    /// The one that is there gets the numbers and the note that it lacks.
    Merge,
    /// Both are kept.
    Keep,
}

/// `POST api/contacts/import`, with the file as the body, vCard or CSV: what was read, and what becomes of it. `?duplicates=` is a
/// [`Duplicates`], `?shared=true` adds them for all lines; only with `?commit=true` anything is added.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct ImportReport {
    /// Contacts in the file that could be read.
    pub read: u32,
    pub added: u32,
    /// That changed one that was there.
    pub merged: u32,
    /// That are there already, word for word.
    pub same: u32,
    /// That have a number of one that is there, and were left out.
    pub skipped: u32,
    pub faults: Vec<ImportFault>,
    /// More faults than are told.
    #[serde(default)]
    pub more_faults: u32,
}

/// Something in a file that was not understood.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ImportFault {
    /// The first one is 1.
    pub line: u32,
    pub what: ImportFaultKind,
    /// The beginning of what stands there.
    pub text: String,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportFaultKind {
    /// It is left out: neither name nor number.
    Empty,
    /// The contact is read without it.
    NotANumber,
    /// The contact has the first of them only.
    TooManyNumbers,
    /// The beginning is kept.
    TooLong,
    /// The card has no end; what is there is read.
    NotEnded,
    /// The line belongs to no card.
    NotUnderstood,
    /// There are as many contacts as there may be; this one is left out.
    Full,
}
