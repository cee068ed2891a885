use std::collections::BTreeSet;

use sqlx::migrate::Migrator;

/// What a database has gone through, against what this program knows.
pub(super) enum Version {
    Older,
    Same,
    Newer,
}

impl Version {
    /// `applied`: the versions of the database's migrations.
    pub(super) fn of(applied: &BTreeSet<i64>, known: &Migrator) -> Self {
        let known = known.iter().map(|migration| migration.version).collect();
        match (applied.is_subset(&known), applied.is_superset(&known)) {
            (true, true) => Self::Same,
            (true, false) => Self::Older,
            (false, _) => Self::Newer,
        }
    }
}
