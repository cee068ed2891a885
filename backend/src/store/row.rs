use sqlx::{Decode, Sqlite, Type, sqlite::SqliteRow};

use super::StoreError;

/// What an engine has found.
pub(crate) enum Row {
    Sqlite(SqliteRow),
}

impl Row {
    pub(crate) fn get<T: Column>(&self, name: &str) -> Result<T, StoreError> {
        let value = match self {
            Self::Sqlite(row) => sqlx::Row::try_get(row, name),
        };
        value.map_err(|error| StoreError::Unreadable(error.to_string()))
    }
}

/// What every engine can read: text, whole numbers of 64 bits, bytes, and their absence.
pub(crate) trait Column: for<'r> Decode<'r, Sqlite> + Type<Sqlite> {}

impl<T: for<'r> Decode<'r, Sqlite> + Type<Sqlite>> Column for T {}
