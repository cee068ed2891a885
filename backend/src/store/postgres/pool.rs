use std::time::Duration;

use sqlx::{PgPool, postgres::PgPoolOptions};

use crate::{config::PostgresUrl, store::StoreError};

/// Longest wait for a connection that others use.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections of one server. One writes at a time, of all servers.
const CONNECTIONS: u32 = 8;

pub(super) struct PostgresEngine {
    pub(super) pool: PgPool,
    /// Without its password.
    place: String,
}

impl PostgresEngine {
    pub(super) fn new(url: &PostgresUrl) -> Self {
        let pool = PgPoolOptions::new().acquire_timeout(PATIENCE).max_connections(CONNECTIONS);
        Self { pool: pool.connect_lazy_with(url.options().clone()), place: url.to_string() }
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// What to say of an error.
    pub(super) fn fault(&self, error: sqlx::Error) -> StoreError {
        let code = error.as_database_error().and_then(|error| error.code());
        // Of "Class 25" and "Class 42" in <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
        let cure = match code.as_deref() {
            Some("25006") => {
                "; it takes no writes: give the address of the primary server, not of a copy of it"
            }
            Some("42501") => "; let the user of the address own the database",
            _ => "",
        };
        StoreError::Server { place: self.place.clone(), error, cure }
    }
}
