use std::{
    path::{Path, PathBuf, absolute},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use backend::{
    config::Database,
    store::{self, Existing, Store, StoreError},
};

/// A database for a command that reads: nothing is made, and nothing brought to this version. `None` when there is none.
pub(super) async fn look_at(database: &Database) -> Result<Option<Arc<dyn Store>>> {
    let Database::File(path) = database else { return Ok(Some(store::open(database).await?)) };
    match store::open_existing(path).await? {
        Existing::Open(store) => Ok(Some(store)),
        Existing::Missing => Ok(None),
        Existing::Older => Err(StoreError::Older(whole(path)).into()),
        Existing::Newer => Err(StoreError::Newer(whole(path)).into()),
    }
}

/// A database for a command that changes what must be there already.
pub(super) async fn open_made(database: &Database) -> Result<Arc<dyn Store>> {
    match database {
        Database::File(path) if !path.exists() => bail!(missing(database)),
        _ => open(database).await,
    }
}

/// A database for a command that may be the first one; it is made where there is none.
pub(super) async fn open(database: &Database) -> Result<Arc<dyn Store>> {
    store::open(database).await.context("the database cannot be opened")
}

/// That there is none, and where it was looked for.
pub(super) fn missing(database: &Database) -> String {
    let place = match database {
        Database::File(path) => whole(path).display().to_string(),
        Database::Memory => "in memory".to_owned(),
    };
    format!(
        "there is no database {place}; a path in the configuration is seen from the folder in which the command runs: \
         name the configuration with --config, and in it the database with its whole path"
    )
}

/// From the root, so that it tells which folder it is.
fn whole(path: &Path) -> PathBuf {
    absolute(path).unwrap_or_else(|_| path.to_owned())
}
