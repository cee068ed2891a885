use async_trait::async_trait;

use super::{Listener, Query, Row, StoreError};

/// A database and the way to it. Its errors say where it is.
#[async_trait]
pub(super) trait Engine: Send + Sync + 'static {
    /// How many questions it is good to ask at once.
    fn readers(&self) -> usize;
    async fn read(&self, query: Query<'_>) -> Result<Vec<Row>, StoreError>;
    /// A statement that writes, alone; tells how many rows it was about.
    async fn write(&self, query: Query<'_>) -> Result<u64, StoreError>;
    /// While it lasts, no other one begins, in whatever process: what it reads stays true until it ends.
    async fn begin(&self) -> Result<Box<dyn EngineTransaction + '_>, StoreError>;
    /// Hears what any transaction of any server announces.
    fn listener(&self) -> Box<dyn Listener>;
    /// Writes something that says nothing.
    async fn try_writing(&self) -> Result<(), StoreError>;
}

/// One that is dropped has written nothing.
#[async_trait]
pub(super) trait EngineTransaction: Send {
    async fn read(&mut self, query: Query<'_>) -> Result<Vec<Row>, StoreError>;
    async fn write(&mut self, query: Query<'_>) -> Result<u64, StoreError>;
    /// Tells those that listen, once it is written, of the event with this number.
    async fn announce(&mut self, event: i64) -> Result<(), StoreError>;
    /// It is written when this returns, where others see it.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
    async fn roll_back(self: Box<Self>) -> Result<(), StoreError>;
}
