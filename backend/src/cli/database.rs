use std::{path::absolute, sync::Arc};

use anyhow::{Context, Result, bail};
use backend::{
    config::Database,
    store::{self, Existing, Store, StoreError},
};

/// A database for a command that reads: nothing is made, and nothing brought to this version. `None` when there is none.
pub(super) async fn look_at(database: &Database) -> Result<Option<Arc<dyn Store>>> {
    match store::open_existing(database).await? {
        Existing::Open(store) => Ok(Some(store)),
        Existing::Missing => Ok(None),
        Existing::Older => Err(StoreError::Older(place(database)).into()),
        Existing::Newer => Err(StoreError::Newer(place(database)).into()),
    }
}

/// A database for a command that changes what must be there already.
pub(super) async fn open_made(database: &Database) -> Result<Arc<dyn Store>> {
    match store::open_existing(database).await {
        Ok(Existing::Missing) => bail!(missing(database)),
        _ => open(database).await,
    }
}

/// A database for a command that may be the first one; it is made where there is none.
pub(super) async fn open(database: &Database) -> Result<Arc<dyn Store>> {
    store::open(database).await.context("the database cannot be opened")
}

/// That there is none, and where it was looked for.
pub(super) fn missing(database: &Database) -> String {
    let place = place(database);
    match database {
        Database::Postgres(_) => {
            format!("there is nothing of sidetone in the database {place}; `sidetone connect` puts it there")
        }
        Database::File(_) | Database::Memory => format!(
            "there is no database {place}; a path in the configuration is seen from the folder in which the command runs: \
             name the configuration with --config, and in it the database with its whole path"
        ),
    }
}

/// A path from the root, so that it tells which folder it is.
pub(super) fn place(database: &Database) -> String {
    match database {
        Database::File(path) => absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string(),
        Database::Memory => "in memory".to_owned(),
        Database::Postgres(url) => url.to_string(),
    }
}
