use sqlx::migrate::MigrateError;

use super::{
    migrations::{self, Version},
    pool::PostgresEngine,
};
use crate::{
    config::PostgresUrl,
    store::{Existing, SqlStore, StoreError},
};

/// Opens the store and brings it to this version.
pub(in crate::store) async fn open(url: &PostgresUrl) -> Result<SqlStore, StoreError> {
    let engine = PostgresEngine::new(url);
    let mut connection = engine.pool.acquire().await.map_err(|error| engine.fault(error))?;
    match migrations::version(&mut connection).await.map_err(|error| said(&engine, error))? {
        Version::Same => {}
        Version::Newer => return Err(StoreError::Newer(engine.place().to_owned())),
        Version::Empty | Version::Older => {
            migrations::migrate(&mut connection).await.map_err(|error| said(&engine, error))?;
        }
    }
    drop(connection);
    Ok(SqlStore::over(engine))
}

/// Looks at the database as it is, and changes nothing.
pub(in crate::store) async fn open_existing(url: &PostgresUrl) -> Result<Existing, StoreError> {
    let engine = PostgresEngine::new(url);
    let mut connection = engine.pool.acquire().await.map_err(|error| engine.fault(error))?;
    let version = migrations::version(&mut connection).await.map_err(|error| said(&engine, error))?;
    drop(connection);
    Ok(match version {
        Version::Empty => Existing::Missing,
        Version::Older => Existing::Older,
        Version::Newer => Existing::Newer,
        Version::Same => Existing::Open(std::sync::Arc::new(SqlStore::over(engine))),
    })
}

fn said(engine: &PostgresEngine, error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => engine.fault(error),
        other => other.into(),
    }
}
