use std::sync::Arc;

use sqlx::{ConnectOptions, Connection, Executor, PgConnection, Row, migrate::MigrateError};

use super::{migrations, pool::PostgresEngine};
use crate::{
    config::PostgresUrl,
    store::{Existing, SqlStore, StoreError, copy::stamp_of, version::Version},
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

/// A database that is to take the rows of another: one that is new is brought to this version.
pub(in crate::store) async fn to_be_filled(
    url: &PostgresUrl,
) -> Result<(PostgresEngine, PgConnection), StoreError> {
    let (engine, mut connection, version) = reached(url).await?;
    match version {
        Some(Version::Same) => {}
        Some(Version::Newer) => return Err(StoreError::Newer(engine.place().to_owned())),
        Some(Version::Older) => return Err(StoreError::Older(engine.place().to_owned())),
        None => migrations::migrate(&mut connection).await.map_err(|error| said(&engine, error))?,
    }
    Ok((engine, connection))
}

/// The database to which another was moved, when it has all of it.
pub(in crate::store) async fn open_copy(
    url: &PostgresUrl,
    is_it: impl FnOnce(&str) -> bool,
) -> Result<Option<PostgresEngine>, StoreError> {
    let (engine, mut connection, version) = reached(url).await?;
    match version {
        Some(Version::Same) => {}
        Some(Version::Newer) => return Err(StoreError::Newer(engine.place().to_owned())),
        None | Some(Version::Older) => return Ok(None),
    }
    let stamp = stamp_of(&mut connection).await.map_err(|error| engine.fault(error))?;
    Ok(stamp.filter(|stamp| is_it(&stamp.id)).map(|_| engine))
}

/// A connection to it, and the version of what is there.
async fn reached(url: &PostgresUrl) -> Result<(PostgresEngine, PgConnection, Option<Version>), StoreError> {
    let engine = PostgresEngine::new(url);
    // Migrations prepare statements, which no pooler bears.
    let mut connection = engine.direct.connect().await.map_err(|error| engine.fault(error))?;
    if is_pooler(&engine, &mut connection).await.map_err(|error| engine.fault(error))? {
        return Err(StoreError::Pooler(engine.place().to_owned()));
    }
    let version = migrations::version(&mut connection).await.map_err(|error| said(&engine, error))?;
    Ok((engine, connection, version))
}

/// Whether another connection has the same server process, now that this one asks for nothing. What is prepared on either would
/// be mixed up: answers to other questions, at worst.
async fn is_pooler(engine: &PostgresEngine, connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let process = "SELECT pg_backend_pid() AS id";
    let mut other = engine.direct.connect().await?;
    let id: i32 = connection.fetch_one(process).await?.try_get("id")?;
    let same = id == other.fetch_one(process).await?.try_get::<i32, _>("id")?;
    other.close().await?;
    Ok(same)
}

fn said(engine: &PostgresEngine, error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => engine.fault(error),
        other => other.into(),
    }
}
