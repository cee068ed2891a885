use std::{fs::OpenOptions, io::ErrorKind, path::Path, str::FromStr, sync::Arc, time::Duration};

use async_trait::async_trait;
use sqlx::{
    migrate::{MigrateError, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::{
    At, SqliteStore,
    connections::{Place, code},
    existing::{Existing, open_existing},
};
use crate::{
    config::Database,
    file_rights::check_writable,
    lines::store::sql::LINE_BY_CLIENT,
    store::{Store, StoreError},
};

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Opens the store and brings it to this version.
///
/// # Errors
/// The file cannot be made, read or written, or it is from a newer version.
pub async fn open(database: &Database) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(connect(database).await?))
}

pub(super) async fn connect(database: &Database) -> Result<SqliteStore, StoreError> {
    let (place, options) = match database {
        Database::File(path) => {
            keep_private(path)?;
            // Before a connection that might write.
            if matches!(open_existing(path).await, Ok(Existing::Newer)) {
                return Err(StoreError::Newer(path.clone()));
            }
            let options = SqliteConnectOptions::new().filename(path).journal_mode(SqliteJournalMode::Wal);
            // A file that is gone is not replaced by an empty one.
            (Place::File(path.clone()), options.create_if_missing(false))
        }
        // Under a name of its own, so that connections can come and go while one stays.
        Database::Memory => {
            (Place::Memory, SqliteConnectOptions::from_str("sqlite::memory:")?.create_if_missing(true))
        }
    };
    let options = options
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .synchronous(SqliteSynchronous::Normal);
    let store = SqliteStore::connect(place, options).await.map_err(forbidden)?;
    match MIGRATIONS.run(&store.writing().await?).await {
        Ok(()) => {}
        Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
            return Err(forbidden(store.fault(error)));
        }
        Err(error) => return Err(error.into()),
    }
    match store.try_writing().await.map_err(forbidden) {
        Err(error @ StoreError::NotWritable { .. }) => Err(error),
        // A disk that is full, or a database that somebody else holds, may be better in a moment, and calls are answered
        // meanwhile. A right that is missing does not come by itself.
        Err(error) => {
            tracing::error!("the database cannot be written at the moment: {error}");
            Ok(store)
        }
        Ok(()) => Ok(store),
    }
}

/// SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN in plain words.
fn forbidden(error: StoreError) -> StoreError {
    match error {
        StoreError::File { path, error }
            if code(&error).is_some_and(|code| matches!(code & 0xff, 3 | 8 | 14)) =>
        {
            StoreError::NotWritable { path, why: error.to_string() }
        }
        other => other,
    }
}

/// Makes the file for its owner alone when there is none: it holds passcodes' hashes. SQLite gives the files that it
/// puts beside it the same permissions.
fn keep_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = match options.open(path) {
        // SQLite would open it without a word, and fail when there is something to be written.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => check_writable(path),
        made => made.map(drop),
    };
    made.map_err(|error| StoreError::NotWritable { path: path.to_owned(), why: error.to_string() })
}

#[async_trait]
impl Store for SqliteStore {
    async fn ping(&self) -> Result<(), StoreError> {
        let query = sqlx::query(LINE_BY_CLIENT).bind("");
        query.fetch_optional(&self.reading().await?).await.at(self)?;
        Ok(())
    }

    async fn try_writing(&self) -> Result<(), StoreError> {
        // Nobody reads the number; it stands in the file's first page, which is written though it does not change.
        sqlx::query("PRAGMA user_version = 1").execute(&self.writing().await?).await.at(self)?;
        self.check_place()?;
        self.ping().await
    }
}

#[cfg(test)]
mod tests {
    use shared::PhoneNumber;

    use super::*;
    use crate::lines::{Line, LineStore};

    #[tokio::test]
    async fn data_in_memory_outlive_every_connection_of_the_pool() {
        let store = connect(&Database::Memory).await.unwrap();
        let number = PhoneNumber::from_e164("+815031234567").unwrap();
        store.add_line(&Line::new(number, String::new(), "hash".into()).unwrap()).await.unwrap();
        drop(store.writing().await.unwrap().acquire().await.unwrap().detach());
        assert_eq!(store.lines().await.unwrap().len(), 1);
        let other = connect(&Database::Memory).await.unwrap();
        assert!(other.lines().await.unwrap().is_empty(), "each has data of its own");
    }
}
