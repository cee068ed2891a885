use std::fmt;

use jiff::Timestamp;
use sqlx::{Executor, FromRow, Sqlite};

/// What an SQLite database that was moved says of it. No password is in it.
#[derive(Clone, Debug, Eq, FromRow, PartialEq)]
pub struct Mark {
    /// The same as in the new database.
    pub(super) id: String,
    /// The new database.
    pub(super) place: String,
    /// The configuration that names it, with its whole path.
    pub(super) config: String,
    pub(super) at: i64,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "to {} at {}", self.place, time(self.at))
    }
}

impl Mark {
    /// The configuration with which a server finds the new database.
    pub(in crate::store) fn config(&self) -> &str {
        &self.config
    }
}

pub(super) fn time(at: i64) -> String {
    Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}

/// The mark, where there is one; asked of a database of any version, or of none.
pub(in crate::store) async fn read<'c>(
    from: impl Executor<'c, Database = Sqlite>,
) -> Result<Option<Mark>, sqlx::Error> {
    let found = sqlx::query_as("SELECT id, place, config, at FROM moved_to").fetch_optional(from).await;
    match found {
        Err(error) if lacks_a_table(&error) => Ok(None),
        other => other,
    }
}

/// What SQLite says of every table after the move.
pub(super) fn lacks_a_table(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.message().starts_with("no such table"))
}
