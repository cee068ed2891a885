use std::ops::{Deref, DerefMut};

use sqlx::{Sqlite, SqliteConnection, pool::PoolConnection};

use super::connections::{At, SqliteStore};
use crate::store::error::StoreError;

/// A transaction that may write from its first statement on, which nobody else does until it ends.
///
/// Its connection is used again only when it has ended as it should. After a COMMIT that failed (a full disk), SQLite may or
/// may not have rolled back; whatever is written on such a connection later may land in a transaction that nobody
/// commits. Hence not sqlx's own transactions, which count how deep they are and return such a connection to the pool.
pub(crate) struct Transaction<'s> {
    store: &'s SqliteStore,
    connection: PoolConnection<Sqlite>,
    ended: bool,
}

impl<'s> Transaction<'s> {
    pub(crate) async fn begin(store: &'s SqliteStore) -> Result<Self, StoreError> {
        let connection = store.writing().await?.acquire().await.at(store)?;
        let mut transaction = Self { store, connection, ended: false };
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *transaction).await.at(store)?;
        Ok(transaction)
    }

    /// It is written when this returns, into the file that others see.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let store = self.store;
        self.end("COMMIT").await?;
        store.check_place()
    }

    pub(crate) async fn roll_back(self) -> Result<(), StoreError> {
        self.end("ROLLBACK").await
    }

    async fn end(mut self, statement: &'static str) -> Result<(), StoreError> {
        let store = self.store;
        sqlx::query(statement).execute(&mut *self).await.at(store)?;
        self.ended = true;
        Ok(())
    }
}

impl Deref for Transaction<'_> {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Transaction<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.connection.close_on_drop();
        }
    }
}
