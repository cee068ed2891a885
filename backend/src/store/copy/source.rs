use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{
    mark::{self, Mark},
    tables::{Table, names, quoted, tables},
};
use crate::store::StoreError;

/// The tables' names after the move begin so.
const MOVED: &str = "moved_";

/// The SQLite database that is moved.
pub(super) struct Source {
    path: PathBuf,
    pub(super) connection: SqliteConnection,
}

impl Source {
    pub(super) async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .busy_timeout(Duration::from_secs(10))
            .pragma("temp_store", "MEMORY");
        let connection = options.connect().await;
        let connection = connection.map_err(|error| StoreError::File { path: path.to_owned(), error })?;
        Ok(Self { path: path.to_owned(), connection })
    }

    pub(super) fn fault(&self, error: sqlx::Error) -> StoreError {
        StoreError::File { path: self.path.clone(), error }
    }

    /// From now on nobody else writes, until this connection ends the transaction or is gone.
    pub(super) async fn lock(&mut self) -> Result<(), StoreError> {
        self.run("BEGIN IMMEDIATE").await
    }

    pub(super) async fn commit(&mut self) -> Result<(), StoreError> {
        self.run("COMMIT").await
    }

    pub(super) async fn mark(&mut self) -> Result<Option<Mark>, StoreError> {
        let found = mark::read(&mut self.connection).await;
        found.map_err(|error| self.fault(error))
    }

    pub(super) async fn tables(&mut self) -> Result<Vec<Table>, StoreError> {
        let tables = tables(&mut self.connection).await;
        tables.map_err(|error| self.fault(error))
    }

    /// Gives every table another name, that of the migrations, too: to whatever version, it is no database any more.
    pub(super) async fn put_mark(&mut self, mark: &Mark) -> Result<(), StoreError> {
        for name in self.names().await? {
            self.rename(&name, &format!("{MOVED}{name}")).await?;
        }
        self.run("CREATE TABLE moved_to (id TEXT NOT NULL, place TEXT NOT NULL, config TEXT NOT NULL, at BIGINT NOT NULL)")
            .await?;
        let put = sqlx::query("INSERT INTO moved_to (id, place, config, at) VALUES ($1, $2, $3, $4)");
        let put = put.bind(&mark.id).bind(&mark.place).bind(&mark.config).bind(mark.at);
        let put = put.execute(&mut self.connection).await;
        put.map(drop).map_err(|error| self.fault(error))
    }

    /// Makes it a database again.
    pub(super) async fn take_out_mark(&mut self) -> Result<(), StoreError> {
        self.run("DROP TABLE moved_to").await?;
        for name in self.names().await? {
            if let Some(before) = name.strip_prefix(MOVED) {
                self.rename(&name, before).await?;
            }
        }
        Ok(())
    }

    async fn names(&mut self) -> Result<Vec<String>, StoreError> {
        let names = names(&mut self.connection).await;
        names.map_err(|error| self.fault(error))
    }

    /// References to it go along.
    async fn rename(&mut self, name: &str, to: &str) -> Result<(), StoreError> {
        self.run(&format!("ALTER TABLE {} RENAME TO {}", quoted(name), quoted(to))).await
    }

    async fn run(&mut self, statement: &str) -> Result<(), StoreError> {
        let done = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut self.connection).await;
        done.map(drop).map_err(|error| self.fault(error))
    }

    pub(super) async fn close(self) {
        drop(self.connection.close().await);
    }
}
