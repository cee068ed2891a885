use std::collections::BTreeSet;

use sqlx::{
    Connection, PgConnection,
    migrate::{Migrate, MigrateError, Migrator},
};

use super::transaction::BEGIN;

static MIGRATIONS: Migrator = {
    let mut migrations = sqlx::migrate!("migrations/postgres");
    // Its own lock outlives transactions, which a pooler in front of the database does not bear. Ours is that of the writers.
    migrations.locking = false;
    migrations
};

/// What a database has gone through, against what this version knows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Version {
    /// Nothing of ours is in it.
    Empty,
    Older,
    Same,
    Newer,
}

pub(super) async fn version(connection: &mut PgConnection) -> Result<Version, MigrateError> {
    let table =
        "SELECT 1 FROM pg_tables WHERE tablename = '_sqlx_migrations' AND schemaname = current_schema()";
    if sqlx::query(table).fetch_optional(&mut *connection).await?.is_none() {
        return Ok(Version::Empty);
    }
    let applied = connection.list_applied_migrations("_sqlx_migrations").await?;
    let applied: BTreeSet<_> = applied.into_iter().map(|migration| migration.version).collect();
    let ours = MIGRATIONS.iter().map(|migration| migration.version).collect();
    Ok(match (applied.is_subset(&ours), applied.is_superset(&ours)) {
        (true, true) => Version::Same,
        (true, false) => Version::Older,
        (false, _) => Version::Newer,
    })
}

/// Brings it to this version: all of it or nothing, while nobody writes, also when several servers start at once.
pub(super) async fn migrate(connection: &mut PgConnection) -> Result<(), MigrateError> {
    let mut transaction = connection.begin_with(BEGIN).await?;
    MIGRATIONS.run_direct(None, &mut *transaction, false).await?;
    Ok(transaction.commit().await?)
}
