use std::{path::Path, sync::Arc};

use super::{Store, StoreError, existing::Existing, postgres, sqlite};
use crate::config::Database;

/// Opens the store and brings it to this version.
///
/// # Errors
/// It cannot be made, reached, read or written, or it is from a newer version.
pub async fn open(database: &Database) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(match database {
        Database::File(path) => sqlite::open(Some(path)).await?,
        Database::Memory => sqlite::open(None).await?,
        Database::Postgres(url) => postgres::open(url).await?,
    }))
}

/// Looks at a database as it is: makes nothing, changes nothing, brings nothing to this version. Works while a server of
/// whatever version runs. What is in memory is nowhere yet.
///
/// # Errors
/// It cannot be reached or read.
pub async fn open_existing(database: &Database) -> Result<Existing, StoreError> {
    match database {
        Database::File(path) => sqlite::open_existing(path).await,
        Database::Memory => Ok(Existing::Missing),
        Database::Postgres(url) => postgres::open_existing(url).await,
    }
}

/// Writes a copy of an SQLite database into a file that is not there yet, as the database is at this moment, of whatever version, while
/// a server may go on writing.
///
/// # Errors
/// The database cannot be read, or the copy not be written.
pub async fn back_up(database: &Path, copy: &Path) -> Result<(), StoreError> {
    sqlite::back_up(database, copy).await
}
