use std::{collections::BTreeSet, path::Path, sync::Arc, time::Duration};

use sqlx::{migrate::Migrate, sqlite::SqliteConnectOptions};

use super::{At, SqliteStore, connections::Place, open::MIGRATIONS};
use crate::store::{Store, StoreError};

/// What is at the place of a database.
pub enum Existing {
    Missing,
    /// Of an earlier version; the next start of the server brings it to this one.
    Older,
    /// Of a later version, which this one cannot read.
    Newer,
    /// Of this version; can be read, and nothing else.
    Open(Arc<dyn Store>),
}

/// Looks at a database file as it is: makes no file, changes nothing, brings nothing to this version. Works while a server
/// of whatever version runs.
///
/// # Errors
/// The file cannot be read.
pub async fn open_existing(path: &Path) -> Result<Existing, StoreError> {
    if !path.exists() {
        return Ok(Existing::Missing);
    }
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let options =
        SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(Duration::from_secs(5));
    // Without a write-ahead log nobody has it open, and SQLite needs not make one to be told of changes.
    let options = options.immutable(!Path::new(&log).exists());
    let store = SqliteStore::connect(Place::LookedAt(path.to_owned()), options).await?;
    let applied = applied(&store).await?;
    let ours: BTreeSet<_> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    Ok(match (applied.is_subset(&ours), applied.is_superset(&ours)) {
        (true, true) => Existing::Open(Arc::new(store)),
        (true, false) => Existing::Older,
        (false, _) => Existing::Newer,
    })
}

/// Versions of the migrations that the database has gone through.
async fn applied(store: &SqliteStore) -> Result<BTreeSet<i64>, StoreError> {
    let mut connection = store.reading().await?.acquire().await.at(store)?;
    let table = "SELECT name FROM sqlite_master WHERE name = '_sqlx_migrations'";
    if sqlx::query(table).fetch_optional(&mut *connection).await.at(store)?.is_none() {
        return Ok(BTreeSet::new());
    }
    let applied = connection.list_applied_migrations("_sqlx_migrations").await?;
    Ok(applied.into_iter().map(|migration| migration.version).collect())
}
