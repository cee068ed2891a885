use std::{collections::BTreeSet, path::Path, sync::Arc};

use shared::PhoneNumber;

use super::finding::Finding;
use crate::{
    config::Database,
    file_rights::{self, check_writable},
    lines::Line,
    store::{self, Existing, Store, StoreError},
};

const CHECK: &str = "store";

/// The store that the configuration names, as it is: nothing is changed, and no other version is brought to this one, for
/// a server of that version may run on it.
pub(super) async fn look_at(database: &Database) -> (Finding, Option<Arc<dyn Store>>) {
    let Database::File(path) = database else {
        return (Finding::skipped(CHECK, "the database is in memory"), None);
    };
    let place = path.display();
    match store::open_existing(path).await {
        Ok(Existing::Open(store)) => (writable(path), Some(store)),
        Ok(Existing::Missing) => {
            let says = format!("there is no database {place} yet, hence no line");
            let cure = "Run sidetone connect, or name the database's folder: a path is seen from the folder in which the \
                        command runs.";
            (Finding::wrong(CHECK, says, cure), None)
        }
        Ok(Existing::Older) => {
            let says = format!(
                "the database {place} has the schema of an older version of sidetone, so its lines are not \
                                looked at"
            );
            let cure = "If an older sidetone serve runs, stop it; then start this version's, which brings the database to \
                        its own schema. Nothing was changed.";
            (Finding::warning(CHECK, says, cure), None)
        }
        Ok(Existing::Newer) => {
            let says = format!("the database {place} has the schema of a newer version of sidetone");
            let cure = "Run that version's sidetone, for doctor and for serve: this one cannot use it. Nothing was changed.";
            (Finding::wrong(CHECK, says, cure), None)
        }
        Err(error) => (Finding::wrong(CHECK, error.to_string(), CURE), None),
    }
}

const CURE: &str =
    "Give the user that runs sidetone the right to write the file and its folder, and look for a full disk.";

/// Less room than this, in bytes, is soon none.
const LITTLE_ROOM: u64 = 10 << 20;

/// As far as it can be told without writing.
fn writable(path: &Path) -> Finding {
    let place = path.display();
    if let Err(error) = check_writable(path) {
        return Finding::wrong(CHECK, format!("the database {place} cannot be written: {error}"), CURE);
    }
    match file_rights::room(path) {
        Some(room) if room < LITTLE_ROOM => {
            let says = format!("there are only {} KB left on the disk of the database {place}", room >> 10);
            Finding::wrong(CHECK, says, "Make room on it, or calls are counted and logged in memory only.")
        }
        _ => Finding::fine(CHECK, format!("the database {place} can be written")),
    }
}

/// What everybody on this machine may read, though it holds secrets.
pub(super) fn privacy(config: Option<&Path>, database: &Database) -> Vec<Finding> {
    let database = match database {
        Database::File(path) => Some(path.as_path()),
        Database::Memory => None,
    };
    let exposed = file_rights::exposed(config, database);
    exposed.iter().map(|file| Finding::warning("privacy", file.says(), file.cure())).collect()
}

/// The lines, and those of them that an e-mail address opens.
pub(super) async fn lines(store: &dyn Store) -> Result<(Vec<Line>, BTreeSet<PhoneNumber>), StoreError> {
    let emails = store.emails().await?;
    Ok((store.lines().await?, emails.into_iter().map(|(number, _)| number).collect()))
}
