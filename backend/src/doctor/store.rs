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
    let place = match database {
        Database::Memory => return (Finding::skipped(CHECK, "the database is in memory"), None),
        Database::File(path) => path.display().to_string(),
        Database::Postgres(url) => url.to_string(),
    };
    match (store::open_existing(database).await, database.file()) {
        (Ok(Existing::Open(store)), Some(path)) => (writable(path), Some(store)),
        (Ok(Existing::Open(store)), None) => {
            (Finding::fine(CHECK, format!("the database {place} answers")), Some(store))
        }
        (Ok(Existing::Missing), None) => {
            let says = format!("there is nothing of sidetone in the database {place} yet, hence no line");
            (Finding::wrong(CHECK, says, "Run sidetone connect."), None)
        }
        (Ok(Existing::Missing), Some(_)) => {
            let says = format!("there is no database {place} yet, hence no line");
            let cure = "Run sidetone connect, or name the database's folder: a path is seen from the folder in which the \
                        command runs.";
            (Finding::wrong(CHECK, says, cure), None)
        }
        (Ok(Existing::Older), _) => {
            let says = format!(
                "the database {place} has the schema of an older version of sidetone, so its lines are not \
                                looked at"
            );
            let cure = "If an older sidetone serve runs, stop it; then start this version's, which brings the database to \
                        its own schema. Nothing was changed.";
            (Finding::warning(CHECK, says, cure), None)
        }
        (Ok(Existing::Newer), _) => {
            let says = format!("the database {place} has the schema of a newer version of sidetone");
            let cure = "Run that version's sidetone, for doctor and for serve: this one cannot use it. Nothing was changed.";
            (Finding::wrong(CHECK, says, cure), None)
        }
        (Err(error @ StoreError::Moved { .. }), _) => {
            (Finding::wrong(CHECK, error.to_string(), CURE_OF_MOVED), None)
        }
        (Err(error), Some(_)) => (Finding::wrong(CHECK, error.to_string(), CURE), None),
        (Err(error), None) => (Finding::wrong(CHECK, error.to_string(), CURE_OF_SERVER), None),
    }
}

const CURE: &str =
    "Give the user that runs sidetone the right to write the file and its folder, and look for a full disk.";

const CURE_OF_MOVED: &str = "Name that configuration with --config, here and where the server is started.";

const CURE_OF_SERVER: &str = "Look whether the server runs, and whether user, password and database in the configuration are right; \
                              psql with the same address says the same.";

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
    let exposed = file_rights::exposed(config, database.file());
    exposed.iter().map(|file| Finding::warning("privacy", file.says(), file.cure())).collect()
}

/// The lines, and those of them that an e-mail address opens.
pub(super) async fn lines(store: &dyn Store) -> Result<(Vec<Line>, BTreeSet<PhoneNumber>), StoreError> {
    let emails = store.emails().await?;
    Ok((store.lines().await?, emails.into_iter().map(|(number, _)| number).collect()))
}
