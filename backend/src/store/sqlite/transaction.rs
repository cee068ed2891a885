use async_trait::async_trait;
use sqlx::{Sqlite, pool::PoolConnection};

use super::connections::{At, SqliteEngine};
use crate::store::{Query, Row, StoreError, engine::EngineTransaction};

/// A transaction that may write from its first statement on, which nobody else does until it ends.
///
/// Its connection is used again only when it has ended as it should. After a COMMIT that failed (a full disk), SQLite may or
/// may not have rolled back; whatever is written on such a connection later may land in a transaction that nobody
/// commits. Hence not sqlx's own transactions, which count how deep they are and return such a connection to the pool.
pub(super) struct Transaction<'s> {
    engine: &'s SqliteEngine,
    connection: PoolConnection<Sqlite>,
    ended: bool,
    /// Something is to be announced.
    news: bool,
}

impl<'s> Transaction<'s> {
    pub(super) async fn begin(engine: &'s SqliteEngine) -> Result<Self, StoreError> {
        let connection = engine.writing().await?.acquire().await.at(engine)?;
        let mut transaction = Self { engine, connection, ended: false, news: false };
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *transaction.connection).await.at(engine)?;
        Ok(transaction)
    }

    async fn end(mut self, statement: &'static str) -> Result<(), StoreError> {
        sqlx::query(statement).execute(&mut *self.connection).await.at(self.engine)?;
        self.ended = true;
        Ok(())
    }
}

#[async_trait]
impl EngineTransaction for Transaction<'_> {
    async fn read(&mut self, query: Query<'_>) -> Result<Vec<Row>, StoreError> {
        let rows = query.of::<Sqlite>().fetch_all(&mut *self.connection).await.at(self.engine)?;
        Ok(rows.into_iter().map(Row::Sqlite).collect())
    }

    async fn write(&mut self, query: Query<'_>) -> Result<u64, StoreError> {
        let done = query.of::<Sqlite>().execute(&mut *self.connection).await.at(self.engine)?;
        Ok(done.rows_affected())
    }

    async fn announce(&mut self, _: i64) -> Result<(), StoreError> {
        self.news = true;
        Ok(())
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let (engine, news) = (self.engine, self.news);
        self.end("COMMIT").await?;
        if news {
            engine.news.send_replace(());
        }
        engine.check_place()
    }

    async fn roll_back(self: Box<Self>) -> Result<(), StoreError> {
        self.end("ROLLBACK").await
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.connection.close_on_drop();
        }
    }
}
