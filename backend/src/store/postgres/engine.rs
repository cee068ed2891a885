use async_trait::async_trait;
use sqlx::Postgres;

use super::{pool::PostgresEngine, transaction::Transaction};
use crate::store::{
    Query, Row, StoreError,
    engine::{Engine, EngineTransaction},
};

#[async_trait]
impl Engine for PostgresEngine {
    fn readers(&self) -> usize {
        3
    }

    async fn read(&self, query: Query<'_>) -> Result<Vec<Row>, StoreError> {
        let rows = query.of::<Postgres>().fetch_all(&self.pool).await.map_err(|error| self.fault(error))?;
        Ok(rows.into_iter().map(Row::Postgres).collect())
    }

    async fn write(&self, query: Query<'_>) -> Result<u64, StoreError> {
        let done = query.of::<Postgres>().execute(&self.pool).await;
        Ok(done.map_err(|error| self.fault(error))?.rows_affected())
    }

    async fn begin(&self) -> Result<Box<dyn EngineTransaction + '_>, StoreError> {
        Ok(Box::new(Transaction::begin(self).await?))
    }

    async fn try_writing(&self) -> Result<(), StoreError> {
        let write = "INSERT INTO written (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = excluded.id";
        self.write(Query::new(write)).await?;
        Ok(())
    }
}
