use std::sync::Arc;

use sqlx::{Postgres, migrate::MigrateError, pool::PoolConnection};

use super::{migrations, pool::PostgresEngine};
use crate::{
    config::PostgresUrl,
    store::{Existing, SqlStore, StoreError, version::Version},
};

/// Opens the store and brings it to this version.
pub(in crate::store) async fn open(url: &PostgresUrl) -> Result<SqlStore, StoreError> {
    let (engine, mut connection, version) = reached(url).await?;
    match version {
        Some(Version::Same) => {}
        Some(Version::Newer) => return Err(StoreError::Newer(engine.place().to_owned())),
        None | Some(Version::Older) => {
            migrations::migrate(&mut connection).await.map_err(|error| said(&engine, error))?;
        }
    }
    Ok(SqlStore::over(engine))
}

/// Looks at the database as it is, and changes nothing.
pub(in crate::store) async fn open_existing(url: &PostgresUrl) -> Result<Existing, StoreError> {
    let (engine, _, version) = reached(url).await?;
    Ok(match version {
        None => Existing::Missing,
        Some(Version::Older) => Existing::Older,
        Some(Version::Newer) => Existing::Newer,
        Some(Version::Same) => Existing::Open(Arc::new(SqlStore::over(engine))),
    })
}

/// A connection to it, and the version of what is there.
async fn reached(
    url: &PostgresUrl,
) -> Result<(PostgresEngine, PoolConnection<Postgres>, Option<Version>), StoreError> {
    let engine = PostgresEngine::new(url);
    let mut connection = engine.pool.acquire().await.map_err(|error| engine.fault(error))?;
    let version = migrations::version(&mut connection).await.map_err(|error| said(&engine, error))?;
    Ok((engine, connection, version))
}

fn said(engine: &PostgresEngine, error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => engine.fault(error),
        other => other.into(),
    }
}
