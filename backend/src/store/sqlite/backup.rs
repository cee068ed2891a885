use std::{
    fs::{File, OpenOptions, remove_file},
    io,
    path::Path,
};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use super::existing::looked_at;
use crate::store::StoreError;

/// Writes a copy of a database as it is at this moment, of whatever version, while a server may go on writing. The copy is a
/// file that was not there, for its owner alone, and read once before this returns; without it there is none.
pub(in crate::store) async fn back_up(database: &Path, copy: &Path) -> Result<(), StoreError> {
    if !database.is_file() {
        return Err(StoreError::NoDatabase(database.display().to_string()));
    }
    made(copy).map_err(|error| not_writable(copy, &error))?;
    let copied = copied(database, copy).await;
    if copied.is_err() {
        drop(remove_file(copy));
    }
    copied
}

async fn copied(database: &Path, copy: &Path) -> Result<(), StoreError> {
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |error| StoreError::File { path, error }
    };
    let mut connection = looked_at(database).connect().await.map_err(fault(database))?;
    // SQLite writes into a file that is empty, and into no other (https://sqlite.org/lang_vacuum.html).
    let written =
        sqlx::query("VACUUM INTO $1").bind(copy.display().to_string()).execute(&mut connection).await;
    written.map_err(fault(database))?;
    drop(connection.close().await);
    let mut connection = SqliteConnectOptions::new()
        .filename(copy)
        .read_only(true)
        .immutable(true)
        .connect()
        .await
        .map_err(fault(copy))?;
    check(&mut connection).await.map_err(fault(copy))?;
    File::open(copy).and_then(|file| file.sync_all()).map_err(|error| not_writable(copy, &error))
}

async fn check(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let found: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(connection).await?;
    if found == "ok" { Ok(()) } else { Err(sqlx::Error::Protocol(found)) }
}

fn made(copy: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(copy)
}

fn not_writable(path: &Path, error: &io::Error) -> StoreError {
    StoreError::CopyNotWritten { path: path.to_owned(), why: error.to_string() }
}
