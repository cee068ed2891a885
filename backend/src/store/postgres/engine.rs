use async_trait::async_trait;

use super::{listener::PostgresListener, pool::PostgresEngine, transaction::Transaction};
use crate::store::{
    Listener, Query, Row, StoreError,
    engine::{Engine, EngineTransaction},
};

#[async_trait]
impl Engine for PostgresEngine {
    fn readers(&self) -> usize {
        3
    }

    async fn read(&self, query: Query<'_>) -> Result<Vec<Row>, StoreError> {
        let rows = if self.pooled {
            let mut transaction = self.pool.begin().await.map_err(|error| self.fault(error))?;
            let rows = self.statement(query).fetch_all(&mut *transaction).await;
            let rows = rows.map_err(|error| self.fault(error))?;
            transaction.commit().await.map_err(|error| self.fault(error))?;
            rows
        } else {
            self.statement(query).fetch_all(&self.pool).await.map_err(|error| self.fault(error))?
        };
        Ok(rows.into_iter().map(Row::Postgres).collect())
    }

    async fn write(&self, query: Query<'_>) -> Result<u64, StoreError> {
        let done = if self.pooled {
            let mut transaction = self.pool.begin().await.map_err(|error| self.fault(error))?;
            let done = self.statement(query).execute(&mut *transaction).await;
            let done = done.map_err(|error| self.fault(error))?;
            transaction.commit().await.map_err(|error| self.fault(error))?;
            done
        } else {
            self.statement(query).execute(&self.pool).await.map_err(|error| self.fault(error))?
        };
        Ok(done.rows_affected())
    }

    async fn begin(&self) -> Result<Box<dyn EngineTransaction + '_>, StoreError> {
        Ok(Box::new(Transaction::begin(self).await?))
    }

    fn listener(&self) -> Box<dyn Listener> {
        Box::new(PostgresListener::new(self.clone()))
    }

    async fn try_writing(&self) -> Result<(), StoreError> {
        let write = "INSERT INTO written (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = excluded.id";
        self.write(Query::new(write)).await?;
        Ok(())
    }
}
