use sqlx::{Decode, Postgres, Sqlite, Type, postgres::PgRow, sqlite::SqliteRow};

use super::StoreError;

/// What an engine has found.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub(crate) fn get<T: Column>(&self, name: &str) -> Result<T, StoreError> {
        let value = match self {
            Self::Sqlite(row) => sqlx::Row::try_get(row, name),
            Self::Postgres(row) => sqlx::Row::try_get(row, name),
        };
        value.map_err(|error| StoreError::Unreadable(error.to_string()))
    }
}

/// What every engine can read: text, whole numbers of 64 bits, bytes, and their absence.
pub(crate) trait Column:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

impl<T> Column for T where
    T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}
