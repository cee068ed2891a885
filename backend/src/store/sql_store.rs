use std::sync::Arc;

use async_trait::async_trait;

use super::{
    Listener, Query, Row, Store, StoreError,
    engine::{Engine, EngineTransaction},
    together::{Meetings, Together},
};

/// The store over an engine. What each theme asks it stands in the `rows.rs` of the theme, once for all engines.
pub(crate) struct SqlStore {
    engine: Box<dyn Engine>,
    meetings: Meetings,
}

impl SqlStore {
    pub(super) fn over(engine: impl Engine) -> Self {
        Self { engine: Box::new(engine), meetings: Meetings::default() }
    }

    /// How many questions it is good to ask at once.
    pub(crate) fn readers(&self) -> usize {
        self.engine.readers()
    }

    pub(crate) async fn fetch_all(&self, query: Query<'_>) -> Result<Vec<Row>, StoreError> {
        self.engine.read(query).await
    }

    pub(crate) async fn fetch_optional(&self, query: Query<'_>) -> Result<Option<Row>, StoreError> {
        Ok(self.fetch_all(query).await?.into_iter().next())
    }

    pub(crate) async fn fetch_one(&self, query: Query<'_>) -> Result<Row, StoreError> {
        self.fetch_optional(query).await?.ok_or_else(no_row)
    }

    /// A single statement that writes; tells how many rows it was about.
    pub(crate) async fn execute(&self, query: Query<'_>) -> Result<u64, StoreError> {
        self.engine.write(query).await
    }

    pub(crate) async fn begin(&self) -> Result<Transaction<'_>, StoreError> {
        Ok(Transaction(self.engine.begin().await?))
    }

    /// Hears what any transaction of any server announces.
    pub(crate) fn listener(&self) -> Box<dyn Listener> {
        self.engine.listener()
    }

    /// Where questions of this kind wait for each other.
    pub(crate) fn together<Q: Clone + Send + 'static, A: Send + 'static>(&self) -> Arc<Together<Q, A>> {
        self.meetings.of()
    }
}

/// A transaction that nobody else's comes between: it may look first and write then. What was not committed is not written.
pub(crate) struct Transaction<'s>(Box<dyn EngineTransaction + 's>);

impl Transaction<'_> {
    pub(crate) async fn fetch_all(&mut self, query: Query<'_>) -> Result<Vec<Row>, StoreError> {
        self.0.read(query).await
    }

    pub(crate) async fn fetch_optional(&mut self, query: Query<'_>) -> Result<Option<Row>, StoreError> {
        Ok(self.fetch_all(query).await?.into_iter().next())
    }

    pub(crate) async fn fetch_one(&mut self, query: Query<'_>) -> Result<Row, StoreError> {
        self.fetch_optional(query).await?.ok_or_else(no_row)
    }

    /// Tells how many rows the statement was about.
    pub(crate) async fn execute(&mut self, query: Query<'_>) -> Result<u64, StoreError> {
        self.0.write(query).await
    }

    /// Tells those that listen, once it is written, of the event with this number.
    pub(crate) async fn announce(&mut self, event: i64) -> Result<(), StoreError> {
        self.0.announce(event).await
    }

    /// It is written when this returns, where others see it.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.0.commit().await
    }

    pub(crate) async fn roll_back(self) -> Result<(), StoreError> {
        self.0.roll_back().await
    }
}

fn no_row() -> StoreError {
    StoreError::Database(sqlx::Error::RowNotFound)
}

#[async_trait]
impl Store for SqlStore {
    async fn ping(&self) -> Result<(), StoreError> {
        // A table that every store has.
        self.fetch_one(Query::new("SELECT count(*) FROM _sqlx_migrations")).await?;
        Ok(())
    }

    async fn try_writing(&self) -> Result<(), StoreError> {
        self.engine.try_writing().await?;
        self.ping().await
    }
}
