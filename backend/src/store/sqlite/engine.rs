use async_trait::async_trait;
use sqlx::Sqlite;

use super::{
    connections::{At, SqliteEngine},
    listener::SqliteListener,
    transaction::Transaction,
};
use crate::store::{
    Listener, Query, Row, StoreError,
    engine::{Engine, EngineTransaction},
};

#[async_trait]
impl Engine for SqliteEngine {
    fn readers(&self) -> usize {
        // More at once would be fewer together, and it is one file.
        1
    }

    async fn read(&self, query: Query<'_>) -> Result<Vec<Row>, StoreError> {
        let rows = query.of::<Sqlite>().fetch_all(&self.reading().await?).await.at(self)?;
        Ok(rows.into_iter().map(Row::Sqlite).collect())
    }

    async fn write(&self, query: Query<'_>) -> Result<u64, StoreError> {
        Ok(query.of::<Sqlite>().execute(&self.writing().await?).await.at(self)?.rows_affected())
    }

    async fn begin(&self) -> Result<Box<dyn EngineTransaction + '_>, StoreError> {
        Ok(Box::new(Transaction::begin(self).await?))
    }

    fn listener(&self) -> Box<dyn Listener> {
        Box::new(SqliteListener(self.news.subscribe()))
    }

    async fn try_writing(&self) -> Result<(), StoreError> {
        // Nobody reads the number; it stands in the file's first page, which is written though it does not change.
        sqlx::query("PRAGMA user_version = 1").execute(&self.writing().await?).await.at(self)?;
        self.check_place()
    }
}
