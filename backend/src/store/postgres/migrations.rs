use sqlx::{
    Connection, PgConnection,
    migrate::{Migrate, MigrateError, Migrator},
};

use super::transaction::BEGIN;
use crate::store::version::Version;

static MIGRATIONS: Migrator = {
    let mut migrations = sqlx::migrate!("migrations/postgres");
    // Its own lock outlives transactions, which a pooler in front of the database does not bear. Ours is that of the writers.
    migrations.locking = false;
    migrations
};

/// `None` where nothing of ours is in the database.
pub(super) async fn version(connection: &mut PgConnection) -> Result<Option<Version>, MigrateError> {
    let table =
        "SELECT 1 FROM pg_tables WHERE tablename = '_sqlx_migrations' AND schemaname = current_schema()";
    if sqlx::query(table).fetch_optional(&mut *connection).await?.is_none() {
        return Ok(None);
    }
    let applied = connection.list_applied_migrations("_sqlx_migrations").await?;
    let applied = applied.into_iter().map(|migration| migration.version).collect();
    Ok(Some(Version::of(&applied, &MIGRATIONS)))
}

/// Brings it to this version: all of it or nothing, while nobody writes, also when several servers start at once.
pub(super) async fn migrate(connection: &mut PgConnection) -> Result<(), MigrateError> {
    let mut transaction = connection.begin_with(BEGIN).await?;
    MIGRATIONS.run_direct(None, &mut *transaction, false).await?;
    Ok(transaction.commit().await?)
}
