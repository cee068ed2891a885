use async_trait::async_trait;
use sqlx::Postgres;

use super::{listener::NOTIFY, pool::PostgresEngine};
use crate::store::{Query, Row, StoreError, engine::EngineTransaction};

/// One lock for all that write, until their transactions end: what one reads stays true until it has written. Who has it and
/// is not heard of any more loses it, or all servers would wait for one that is gone. In one message, for each one costs a way
/// there and back.
pub(in crate::store) const BEGIN: &str = "BEGIN; \
     SET LOCAL lock_timeout = '5s'; \
     SET LOCAL idle_in_transaction_session_timeout = '5s'; \
     SELECT pg_advisory_xact_lock(7596848370733)";

pub(super) struct Transaction<'e> {
    engine: &'e PostgresEngine,
    begun: sqlx::Transaction<'static, Postgres>,
}

impl<'e> Transaction<'e> {
    pub(super) async fn begin(engine: &'e PostgresEngine) -> Result<Self, StoreError> {
        let begun = engine.pool.begin_with(BEGIN).await.map_err(|error| engine.fault(error))?;
        Ok(Self { engine, begun })
    }
}

#[async_trait]
impl EngineTransaction for Transaction<'_> {
    async fn read(&mut self, query: Query<'_>) -> Result<Vec<Row>, StoreError> {
        let rows = self.engine.statement(query).fetch_all(&mut *self.begun).await;
        let rows = rows.map_err(|error| self.engine.fault(error))?;
        Ok(rows.into_iter().map(Row::Postgres).collect())
    }

    async fn write(&mut self, query: Query<'_>) -> Result<u64, StoreError> {
        let done = self.engine.statement(query).execute(&mut *self.begun).await;
        Ok(done.map_err(|error| self.engine.fault(error))?.rows_affected())
    }

    async fn announce(&mut self, event: i64) -> Result<(), StoreError> {
        self.read(Query::new(NOTIFY).bind(event.to_string())).await?;
        Ok(())
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.begun.commit().await.map_err(|error| self.engine.fault(error))
    }

    async fn roll_back(self: Box<Self>) -> Result<(), StoreError> {
        self.begun.rollback().await.map_err(|error| self.engine.fault(error))
    }
}
