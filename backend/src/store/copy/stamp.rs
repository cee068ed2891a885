use sqlx::{FromRow, PgConnection};

use super::mark::Mark;

/// What a PostgreSQL database says of its having been copied from another.
#[derive(Debug, FromRow)]
pub(in crate::store) struct Stamp {
    pub(in crate::store) id: String,
    pub(super) source: String,
    pub(super) at: i64,
}

/// The stamp, where there is one.
pub(in crate::store) async fn read(connection: &mut PgConnection) -> Result<Option<Stamp>, sqlx::Error> {
    let table = "SELECT 1 FROM pg_tables WHERE tablename = 'copied_from' AND schemaname = current_schema()";
    if sqlx::query(table).fetch_optional(&mut *connection).await?.is_none() {
        return Ok(None);
    }
    sqlx::query_as("SELECT id, source, at FROM copied_from").fetch_optional(connection).await
}

/// Says that what is copied in this transaction belongs to the mark.
pub(super) async fn put(connection: &mut PgConnection, mark: &Mark, source: &str) -> Result<(), sqlx::Error> {
    // In no migration: it says nothing of the version.
    let made = "CREATE TABLE IF NOT EXISTS copied_from (id TEXT PRIMARY KEY, source TEXT NOT NULL, at BIGINT NOT NULL)";
    sqlx::query(made).execute(&mut *connection).await?;
    let put = "INSERT INTO copied_from (id, source, at) VALUES ($1, $2, $3)";
    sqlx::query(put).bind(&mark.id).bind(source).bind(mark.at).execute(connection).await?;
    Ok(())
}
