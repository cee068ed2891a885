use std::{fs::OpenOptions, io::ErrorKind, path::Path, str::FromStr, time::Duration};

use sqlx::{
    migrate::MigrateError,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::{
    connections::{Place, SqliteEngine, code},
    existing::open_existing,
    migrations::MIGRATIONS,
};
use crate::{
    file_rights::check_writable,
    store::{Existing, SqlStore, Store, StoreError, copy::Following},
};

/// Opens the store in a file, or one in memory, and brings it to this version.
pub(in crate::store) async fn open(file: Option<&Path>) -> Result<SqlStore, StoreError> {
    let engine = connect(file).await?;
    let store = match file {
        Some(path) => SqlStore::over(Following::new(engine, path)),
        None => SqlStore::over(engine),
    };
    match store.try_writing().await.map_err(forbidden) {
        Err(error @ StoreError::NotWritable { .. }) => return Err(error),
        // A disk that is full, or a database that somebody else holds, may be better in a moment, and calls are answered
        // meanwhile. A right that is missing does not come by itself.
        Err(error) => tracing::error!("the database cannot be written at the moment: {error}"),
        Ok(()) => {}
    }
    Ok(store)
}

async fn connect(file: Option<&Path>) -> Result<SqliteEngine, StoreError> {
    let (place, options) = match file {
        Some(path) => {
            keep_private(path)?;
            // Before a connection that might write.
            match open_existing(path).await {
                Ok(Existing::Newer) => return Err(StoreError::Newer(path.display().to_string())),
                Err(
                    error @ (StoreError::Foreign(_) | StoreError::NoDatabase(_) | StoreError::Moved { .. }),
                ) => return Err(error),
                _ => {}
            }
            let options = SqliteConnectOptions::new().filename(path).journal_mode(SqliteJournalMode::Wal);
            // A file that is gone is not replaced by an empty one.
            (Place::File(path.to_owned()), options.create_if_missing(false))
        }
        // Under a name of its own, so that connections can come and go while one stays.
        None => (Place::Memory, SqliteConnectOptions::from_str("sqlite::memory:")?.create_if_missing(true)),
    };
    let options = options
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .synchronous(SqliteSynchronous::Normal)
        // What it sorts stays in memory: an empty container has no /tmp, and what is on a disk may be read there.
        .pragma("temp_store", "MEMORY");
    let engine = SqliteEngine::connect(place, options).await.map_err(forbidden)?;
    match MIGRATIONS.run(&engine.writing().await?).await {
        Ok(()) => Ok(engine),
        Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
            Err(forbidden(engine.fault(error)))
        }
        Err(error) => Err(error.into()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Query, engine::Engine};

    #[tokio::test]
    async fn nothing_needs_a_folder_for_temporary_files() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sidetone.db");
        for file in [None, Some(&*file)] {
            let engine = connect(file).await.unwrap();
            for pool in [engine.reading().await.unwrap(), engine.writing().await.unwrap()] {
                let store: i64 = sqlx::query_scalar("PRAGMA temp_store").fetch_one(&pool).await.unwrap();
                assert_eq!(store, 2, "in memory");
            }
        }
    }

    #[tokio::test]
    async fn data_in_memory_outlive_every_connection_of_the_pool() {
        let engine = connect(None).await.unwrap();
        let add = "INSERT INTO lines (phone_number, client_name, label, passcode_hash) VALUES ('+815031234567', 'a', '', '')";
        engine.write(Query::new(add)).await.unwrap();
        drop(engine.writing().await.unwrap().acquire().await.unwrap().detach());
        let lines = || Query::new("SELECT 1 FROM lines");
        assert_eq!(engine.read(lines()).await.unwrap().len(), 1);
        let other = connect(None).await.unwrap();
        assert!(other.read(lines()).await.unwrap().is_empty(), "each has data of its own");
    }
}
