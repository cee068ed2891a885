#[cfg(test)]
pub(crate) mod contract;
mod rows;
mod sql;

use async_trait::async_trait;
use shared::{PhoneNumber, api::contacts::NameOfNumber};

use super::contact::{Details, Kept};
use crate::store::StoreError;

/// Which contacts are asked for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Who asks: its own, and those that all lines have.
    pub line: &'a PhoneNumber,
    /// Read by `crate::searched`; empty for all.
    pub search: &'a str,
    pub favourites: bool,
    /// The place in the list of the last one that is known (`place`).
    pub after: (String, String),
    pub most: u32,
}

/// Where a contact stands in the list.
pub(crate) fn place(kept: &Kept) -> (String, String) {
    (kept.details.sort(), kept.id.clone())
}

/// What became of a change.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ContactChanged {
    Done,
    /// The line has no such contact.
    NoContact,
    /// Somebody else has changed it since; nothing is changed.
    Newer,
    /// There are as many as there may be; nothing is changed.
    Full,
}

/// One that is to be written.
#[derive(Clone, Debug)]
pub struct Written {
    pub id: String,
    /// Of the one that it takes the place of; `None` for a new one.
    pub revision: Option<i64>,
    pub shared: bool,
    pub details: Details,
}

/// Names for numbers.
#[async_trait]
pub trait ContactStore: Send + Sync {
    /// By their place in the list.
    async fn contacts(&self, asked: &Asked<'_>) -> Result<Vec<Kept>, StoreError>;
    async fn contact(&self, line: &PhoneNumber, id: &str) -> Result<Option<Kept>, StoreError>;
    /// All of them, or none: the first that cannot be written tells why.
    async fn write_contacts(
        &self,
        line: &PhoneNumber,
        written: &[Written],
    ) -> Result<ContactChanged, StoreError>;
    async fn remove_contact(&self, line: &PhoneNumber, id: &str) -> Result<bool, StoreError>;
    /// Whether there is such a contact.
    async fn set_favourite(&self, line: &PhoneNumber, id: &str, favourite: bool) -> Result<bool, StoreError>;
    /// The line's own name for each number, else the shared one; none for numbers that nobody has.
    async fn contact_names(
        &self,
        line: &PhoneNumber,
        numbers: &[PhoneNumber],
    ) -> Result<Vec<(String, NameOfNumber)>, StoreError>;
}
