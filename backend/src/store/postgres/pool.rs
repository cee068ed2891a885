use std::time::Duration;

use sqlx::{
    PgPool, Postgres,
    postgres::{PgArguments, PgConnectOptions, PgPoolOptions},
    query::Query as Statement,
};

use super::silent::without_silent_ones;
use crate::{
    config::PostgresUrl,
    store::{Query, StoreError},
};

/// Longest wait for a connection that others use.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections of one server. One writes at a time, of all servers.
const CONNECTIONS: u32 = 8;

#[derive(Clone)]
pub(in crate::store) struct PostgresEngine {
    pub(super) pool: PgPool,
    /// How to reach the server itself.
    pub(super) direct: PgConnectOptions,
    /// A pooler is in between, which gives each transaction whatever connection is free: nothing outlives one there, and what
    /// the engine sends in two steps, as it does every statement with values, must be in one.
    pub(super) pooled: bool,
    /// Without its password.
    place: String,
}

/// What to do where a pooler is between, and nobody has said so.
pub(super) const POOLER_CURE: &str = "; where a pooler such as PgBouncer is in front of the database, name the server itself as database_direct";

impl PostgresEngine {
    pub(super) fn new(url: &PostgresUrl) -> Self {
        let pool = PgPoolOptions::new().acquire_timeout(PATIENCE).max_connections(CONNECTIONS);
        Self {
            pool: without_silent_ones(pool).connect_lazy_with(url.options().clone()),
            direct: url.direct().clone(),
            pooled: url.is_pooled(),
            place: url.to_string(),
        }
    }

    /// A statement as it is sent. Behind a pooler without a name: the names of all its clients would meet.
    pub(super) fn statement(&self, query: Query<'_>) -> Statement<'static, Postgres, PgArguments> {
        query.of::<Postgres>().persistent(!self.pooled)
    }

    pub(in crate::store) fn place(&self) -> &str {
        &self.place
    }

    /// What to say of an error.
    pub(in crate::store) fn fault(&self, error: sqlx::Error) -> StoreError {
        let code = error.as_database_error().and_then(|error| error.code());
        // Of "Class 25" and "Class 42" in <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
        let cure = match code.as_deref() {
            Some("25006") => {
                "; it takes no writes: give the address of the primary server, not of a copy of it"
            }
            Some("42501") => "; let the user of the address own the database",
            // invalid_sql_statement_name, duplicate_prepared_statement
            Some("26000" | "42P05") => POOLER_CURE,
            _ => "",
        };
        StoreError::Server { place: self.place.clone(), error, cure }
    }
}
