use std::{collections::BTreeSet, sync::Arc};

use shared::PhoneNumber;

use super::finding::Finding;
use crate::{
    config::Database,
    domain::{Line, browser_secret::SecretDigest},
    store::{self, Store, StoreError},
};

/// The store that the configuration names, if it is there and can be written.
pub(super) async fn open(database: &Database) -> (Finding, Option<Arc<dyn Store>>) {
    let place = match database {
        Database::File(path) if !path.exists() => {
            let says = format!("there is no database {} yet, hence no line", path.display());
            let cure = "Run sidetone connect, or name the database's folder: a path is seen from the folder in which the \
                        command runs.";
            return (Finding::wrong("store", says, cure), None);
        }
        Database::File(path) => path.display().to_string(),
        Database::Memory => "in memory".to_owned(),
    };
    let cure = "Give the user that runs sidetone the right to write the file and its folder, and look for a full disk.";
    let store = match store::open(database).await {
        Ok(store) => store,
        Err(error) => {
            let says = format!("the database {place} cannot be opened: {error}");
            return (Finding::wrong("store", says, cure), None);
        }
    };
    // Deletes nothing, but needs what deleting needs.
    match store.remove_session(SecretDigest([0; 32])).await {
        Ok(()) => (Finding::fine("store", format!("the database {place} can be written")), Some(store)),
        Err(error) => {
            let says = format!("the database {place} cannot be written: {error}");
            (Finding::wrong("store", says, cure), Some(store))
        }
    }
}

/// The lines, and those of them that an e-mail address opens.
pub(super) async fn lines(store: &dyn Store) -> Result<(Vec<Line>, BTreeSet<PhoneNumber>), StoreError> {
    let emails = store.emails().await?;
    Ok((store.lines().await?, emails.into_iter().map(|(number, _)| number).collect()))
}
