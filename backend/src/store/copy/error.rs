use std::path::PathBuf;

use thiserror::Error;

use super::mark::{Mark, time};
use crate::store::StoreError;

/// Why an SQLite database was not moved. But for the last two, it is as it was, and servers go on with it.
#[derive(Debug, Error)]
pub enum CopyError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("there is no database {}; name the configuration of the running server with --config", .0.display())]
    NoSource(PathBuf),
    #[error(
        "the owner of the database {} cannot read the configuration {}, and a running server must, to go on with the new \
         database; put it where that user may read it, such as beside the server's own configuration",
        database.display(), config.display()
    )]
    HiddenConfig { database: PathBuf, config: PathBuf },
    #[error("the database {place} has something in its table {table}; name one that is new and empty")]
    NotEmpty { place: String, table: String },
    #[error("the database {place} has what was copied from {source_place} at {}; name one that is new and empty", time(*at))]
    CopiedBefore { place: String, source_place: String, at: i64 },
    #[error("the databases have different columns in their tables {0}: this version cannot copy them")]
    Different(String),
    #[error("the table {table} cannot be copied: {why}")]
    Table { table: String, why: String },
    #[error(
        "of the {rows} rows of the table {table}, {copied} are in the new database; something there changes what is written"
    )]
    Count { table: String, rows: i64, copied: i64 },
    #[error(
        "the database {} was moved {mark} already; start sidetone with the configuration {}",
        database.display(), mark.config
    )]
    MovedBefore { database: PathBuf, mark: Box<Mark> },
    #[error(
        "the database {place} does not answer, so nobody knows whether the copy is whole ({error}). Until it does, what is \
         reported of calls waits in the running servers: do not stop them, and run this command again"
    )]
    Undecided { place: String, error: StoreError },
}
