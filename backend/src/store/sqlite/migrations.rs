use std::collections::BTreeSet;

use sqlx::migrate::{Migrate, Migrator};

use super::connections::{At, SqliteEngine};
use crate::store::StoreError;

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

pub(super) async fn has_tables(engine: &SqliteEngine) -> Result<bool, StoreError> {
    let tables = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         AND name <> '_sqlx_migrations'";
    Ok(sqlx::query(tables).fetch_optional(&engine.reading().await?).await.at(engine)?.is_some())
}

/// Versions of the migrations that the database has gone through.
pub(super) async fn applied(engine: &SqliteEngine) -> Result<BTreeSet<i64>, StoreError> {
    let mut connection = engine.reading().await?.acquire().await.at(engine)?;
    let table = "SELECT name FROM sqlite_master WHERE name = '_sqlx_migrations'";
    if sqlx::query(table).fetch_optional(&mut *connection).await.at(engine)?.is_none() {
        return Ok(BTreeSet::new());
    }
    let applied = connection.list_applied_migrations("_sqlx_migrations").await?;
    Ok(applied.into_iter().map(|migration| migration.version).collect())
}
