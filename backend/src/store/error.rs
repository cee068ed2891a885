use std::path::PathBuf;

use thiserror::Error;

use super::copy::Mark;

/// Why the store did not do it.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("there is a line with this number already; remove it first, or change its passcode")]
    LineExists,
    #[error("the database has a value that this version cannot read: {0}")]
    Unreadable(String),
    #[error("the database does not work: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the database {} does not work: {error}", path.display())]
    File { path: PathBuf, error: sqlx::Error },
    #[error("the database {place} does not work: {error}{cure}")]
    Server { place: String, error: sqlx::Error, cure: &'static str },
    #[error(
        "the database {} is gone: it was deleted or moved while the server runs; put it back, or a copy of it",
        .0.display()
    )]
    Gone(PathBuf),
    #[error(
        "the database {} cannot be written: {why}; give the user that runs sidetone the right to write the file, those \
         beside it (-wal, -shm) and their folder, and look whether the disk is full or read-only",
        path.display()
    )]
    NotWritable { path: PathBuf, why: String },
    #[error("the copy {} is not written: {why}; name a file that is not there yet, in a folder that can be written", path.display())]
    CopyNotWritten { path: PathBuf, why: String },
    #[error(
        "the database {0} is from an older version of sidetone; the next start of `sidetone serve` brings it to this one"
    )]
    Older(String),
    #[error("the database {0} is from a newer version of sidetone; run that version, or a later one")]
    Newer(String),
    #[error(
        "the database {} was moved {mark}; start sidetone with the configuration {}{why}",
        path.display(), mark.config()
    )]
    Moved {
        path: PathBuf,
        mark: Box<Mark>,
        /// Why a running server does not go on there, behind a comma; or nothing.
        why: String,
    },
    #[error("the file {0} is no SQLite database; name another file, or one that is not there yet")]
    NoDatabase(String),
    #[error(
        "the database {0} is another program's: it has tables, and none of sidetone's; name another file"
    )]
    Foreign(String),
    #[error(
        "the database {0} is behind a pooler that gives each transaction another connection, such as PgBouncer in transaction \
         mode; name the PostgreSQL server itself as `database_direct`"
    )]
    Pooler(String),
    #[error("the database cannot be brought to this version: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("the database did not answer in time")]
    Slow,
}
