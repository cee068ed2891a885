use std::{path::Path, sync::Arc, time::Duration};

use sqlx::sqlite::SqliteConnectOptions;

use super::{
    connections::{At, Place, SqliteEngine, code},
    migrations::{self, MIGRATIONS},
};
use crate::store::{Existing, SqlStore, StoreError, copy::mark_of, version::Version};

/// Looks at a database file as it is: makes no file, changes nothing, brings nothing to this version. Works while a server
/// of whatever version runs.
pub(in crate::store) async fn open_existing(path: &Path) -> Result<Existing, StoreError> {
    if !path.exists() {
        return Ok(Existing::Missing);
    }
    let options = looked_at(path);
    let shown = || path.display().to_string();
    if !path.is_file() {
        return Err(StoreError::NoDatabase(shown()));
    }
    let engine = match SqliteEngine::connect(Place::LookedAt(path.to_owned()), options).await {
        // SQLITE_NOTADB
        Err(StoreError::File { error, .. }) if code(&error) == Some(26) => {
            return Err(StoreError::NoDatabase(shown()));
        }
        connected => connected?,
    };
    if let Some(mark) = mark_of(&engine.reading().await?).await.at(&engine)? {
        return Err(StoreError::Moved { path: path.to_owned(), mark: Box::new(mark), why: String::new() });
    }
    let applied = migrations::applied(&engine).await?;
    if applied.is_empty() && migrations::has_tables(&engine).await? {
        return Err(StoreError::Foreign(shown()));
    }
    Ok(match Version::of(&applied, &MIGRATIONS) {
        Version::Same => Existing::Open(Arc::new(SqlStore::over(engine))),
        Version::Older => Existing::Older,
        Version::Newer => Existing::Newer,
    })
}

/// For a look that changes nothing.
pub(super) fn looked_at(path: &Path) -> SqliteConnectOptions {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let options =
        SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(Duration::from_secs(5));
    // Without a write-ahead log nobody has it open, and SQLite needs not make one to be told of changes.
    options.immutable(!Path::new(&log).exists())
}
