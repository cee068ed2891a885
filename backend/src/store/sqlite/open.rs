use std::{
    fs::OpenOptions,
    io::ErrorKind,
    path::Path,
    str::FromStr,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use sqlx::{
    ConnectOptions, SqliteConnection, SqlitePool,
    migrate::{Migrate, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    config::Database,
    store::{Store, StoreError, sql},
};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Opens the store and brings it to this version.
///
/// # Errors
/// The file cannot be made or read, or it is from a newer version.
pub async fn open(database: &Database) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(connect(database).await?))
}

/// Opens the store of a file as it is, to be read: makes no file, changes nothing. `None` when the file is missing, or
/// not of this version.
///
/// # Errors
/// The file cannot be read.
pub async fn open_existing(path: &Path) -> Result<Option<Arc<dyn Store>>, StoreError> {
    if !path.exists() {
        return Ok(None);
    }
    // Without a right to write, the connection does not even move what is in the write-ahead log.
    let options = SqliteConnectOptions::new()
        .filename(path)
        .pragma("query_only", "ON")
        .busy_timeout(Duration::from_secs(5));
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    if !is_of_this_version(&pool).await? {
        return Ok(None);
    }
    Ok(Some(Arc::new(SqliteStore { pool, _keeper: None })))
}

async fn is_of_this_version(pool: &SqlitePool) -> Result<bool, StoreError> {
    let mut connection = pool.acquire().await?;
    let table = "SELECT name FROM sqlite_master WHERE name = '_sqlx_migrations'";
    if sqlx::query(table).fetch_optional(&mut *connection).await?.is_none() {
        return Ok(false);
    }
    let applied = connection.list_applied_migrations("_sqlx_migrations").await?;
    Ok(MIGRATIONS.iter().all(|wanted| applied.iter().any(|applied| applied.version == wanted.version)))
}

async fn connect(database: &Database) -> Result<SqliteStore, StoreError> {
    let options = match database {
        Database::File(path) => {
            SqliteConnectOptions::new().filename(path).journal_mode(SqliteJournalMode::Wal)
        }
        // Under a name of its own, so that connections can come and go while one stays.
        Database::Memory => SqliteConnectOptions::from_str("sqlite::memory:")?,
    };
    let options = options
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .synchronous(SqliteSynchronous::Normal);
    let pool = SqlitePoolOptions::new().acquire_timeout(Duration::from_secs(5));
    let (pool, keeper) = match database {
        Database::File(path) => {
            keep_private(path)?;
            (pool.max_connections(4).connect_with(options).await?, None)
        }
        // One at a time: with a shared cache, a second one would find tables locked instead of waiting for them.
        Database::Memory => {
            let keeper = options.connect().await?;
            (pool.max_connections(1).connect_with(options).await?, Some(Mutex::new(keeper)))
        }
    };
    MIGRATIONS.run(&pool).await?;
    Ok(SqliteStore { pool, _keeper: keeper })
}

/// Makes the file for its owner alone when there is none: it holds passcodes' hashes. SQLite gives the files that it
/// puts beside it the same permissions.
fn keep_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(sqlx::Error::Io(error).into()),
        _ => Ok(()),
    }
}

pub(super) struct SqliteStore {
    pub(super) pool: SqlitePool,
    /// The data of a database in memory live as long as one connection does. The pool's own may be lost: a runtime that
    /// ends takes those with it that are on their way back to the pool.
    _keeper: Option<Mutex<SqliteConnection>>,
}

#[async_trait]
impl Store for SqliteStore {
    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query(sql::lines::LINE_BY_CLIENT).bind("").fetch_optional(&self.pool).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use shared::PhoneNumber;

    use super::*;
    use crate::{domain::Line, store::LineStore};

    #[tokio::test]
    async fn data_in_memory_outlive_every_connection_of_the_pool() {
        let store = connect(&Database::Memory).await.unwrap();
        let number = PhoneNumber::from_e164("+815031234567").unwrap();
        store.add_line(&Line::new(number, String::new(), "hash".into()).unwrap()).await.unwrap();
        drop(store.pool.acquire().await.unwrap().detach());
        assert_eq!(store.lines().await.unwrap().len(), 1);
        let other = connect(&Database::Memory).await.unwrap();
        assert!(other.lines().await.unwrap().is_empty(), "each has data of its own");
    }
}
