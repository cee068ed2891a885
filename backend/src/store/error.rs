use thiserror::Error;

/// Why the store did not do it.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("there is a line with this number already; remove it first, or change its passcode")]
    LineExists,
    #[error("the database has a value that this version cannot read: {0}")]
    Unreadable(String),
    #[error("the database does not work: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the database cannot be brought to this version: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("the database did not answer in time")]
    Slow,
}
