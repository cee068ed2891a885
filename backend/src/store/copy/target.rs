use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Postgres, Transaction};

use super::{
    error::CopyError,
    mark::Mark,
    rows::Rows,
    source::Source,
    stamp::{self, Stamp},
    tables::{Table, last_id, listed, quoted},
};
use crate::{
    config::PostgresUrl,
    store::{
        StoreError,
        postgres::{self, BEGIN, PostgresEngine},
    },
};

/// Bytes that are sent at once.
const PIECE: usize = 256 << 10;
/// They have rows without anything having been copied.
const MAY_BE_FILLED: [&str; 2] = ["_sqlx_migrations", "written"];

/// The PostgreSQL database that takes it.
pub(super) struct Target {
    engine: PostgresEngine,
    connection: PgConnection,
}

impl Target {
    /// Reaches it, and brings one that is new to this version.
    pub(super) async fn open(url: &PostgresUrl) -> Result<Self, StoreError> {
        let (engine, connection) = postgres::to_be_filled(url).await?;
        Ok(Self { engine, connection })
    }

    pub(super) fn place(&self) -> &str {
        self.engine.place()
    }

    /// From now on nobody else writes, and nothing is there before it is committed.
    pub(super) async fn begin(&mut self) -> Result<Filling<'_>, StoreError> {
        let engine = &self.engine;
        let transaction = self.connection.begin_with(BEGIN).await.map_err(|error| engine.fault(error))?;
        let mut filling = Filling { engine, transaction };
        // Rows of SQLite come in between.
        filling.run("SET LOCAL idle_in_transaction_session_timeout = '60s'").await?;
        filling.run("SET LOCAL lock_timeout = '60s'").await?;
        Ok(filling)
    }
}

/// The one transaction.
pub(super) struct Filling<'t> {
    engine: &'t PostgresEngine,
    transaction: Transaction<'t, Postgres>,
}

impl Filling<'_> {
    pub(super) async fn stamp(&mut self) -> Result<Option<Stamp>, StoreError> {
        stamp::read(&mut self.transaction).await.map_err(|error| self.engine.fault(error))
    }

    pub(super) async fn put_stamp(&mut self, mark: &Mark, source: &str) -> Result<(), StoreError> {
        stamp::put(&mut self.transaction, mark, source).await.map_err(|error| self.engine.fault(error))
    }

    /// The columns of each table.
    async fn columns(&mut self) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
        let columns = "SELECT t.table_name::text, c.column_name::text FROM information_schema.tables t \
             JOIN information_schema.columns c USING (table_schema, table_name) \
             WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY 1, c.column_name COLLATE \"C\"";
        let columns: Vec<(String, String)> = sqlx::query_as(columns)
            .fetch_all(&mut *self.transaction)
            .await
            .map_err(|error| self.engine.fault(error))?;
        let mut tables: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (table, column) in columns {
            tables.entry(table).or_default().push(column);
        }
        Ok(tables)
    }

    /// Whether it can take these tables, and has nothing of its own.
    pub(super) async fn check(&mut self, tables: &[Table]) -> Result<(), CopyError> {
        let columns = self.columns().await?;
        for table in columns.keys().filter(|table| !MAY_BE_FILLED.contains(&&***table)) {
            if self.count(table).await? > 0 {
                return Err(CopyError::NotEmpty {
                    place: self.engine.place().to_owned(),
                    table: table.clone(),
                });
            }
        }
        let different = tables.iter().filter(|table| columns.get(&table.name) != Some(&table.columns));
        let different: Vec<_> = different.map(|table| &*table.name).collect();
        if different.is_empty() { Ok(()) } else { Err(CopyError::Different(different.join(", "))) }
    }

    /// Copies all rows of a table. Tells how many, and in how many texts there was a U+0000.
    pub(super) async fn fill(&mut self, table: &Table, source: &mut Source) -> Result<(u64, u64), CopyError> {
        let (name, columns) = (quoted(&table.name), listed(&table.columns));
        let said = |why: String| CopyError::Table { table: table.name.clone(), why };
        let mut rows = Rows::default();
        let engine = self.engine;
        let mut copying = self
            .transaction
            .copy_in_raw(&format!("COPY {name} ({columns}) FROM STDIN"))
            .await
            .map_err(|error| said(engine.fault(error).to_string()))?;
        let select = format!("SELECT {columns} FROM {name}");
        let mut found = sqlx::query(AssertSqlSafe(select)).fetch(&mut source.connection);
        while let Some(row) = found.try_next().await.map_err(|error| said(error.to_string()))? {
            rows.add(&row).map_err(|error| said(error.to_string()))?;
            if rows.len() > PIECE {
                copying.send(rows.take()).await.map_err(|error| said(engine.fault(error).to_string()))?;
            }
        }
        drop(found);
        copying.send(rows.take()).await.map_err(|error| said(engine.fault(error).to_string()))?;
        let copied = copying.finish().await.map_err(|error| said(engine.fault(error).to_string()))?;
        let count = format!("SELECT count(*) FROM {name}");
        let there: i64 = sqlx::query_scalar(AssertSqlSafe(count))
            .fetch_one(&mut source.connection)
            .await
            .map_err(|error| source.fault(error))?;
        let here = self.count(&table.name).await?;
        if here != there {
            return Err(CopyError::Count { table: table.name.clone(), rows: there, copied: here });
        }
        self.count_on(table, source).await?;
        Ok((copied, rows.without_nul))
    }

    /// The next row gets the number that it would have got in SQLite.
    async fn count_on(&mut self, table: &Table, source: &mut Source) -> Result<(), StoreError> {
        if !table.columns.iter().any(|column| column == "id") {
            return Ok(());
        }
        let sequence = "SELECT pg_get_serial_sequence($1, 'id')";
        let sequence: Option<String> = sqlx::query_scalar(sequence)
            .bind(quoted(&table.name))
            .fetch_one(&mut *self.transaction)
            .await
            .map_err(|error| self.engine.fault(error))?;
        let Some(sequence) = sequence else { return Ok(()) };
        let last = last_id(&mut source.connection, &table.name).await;
        if let Some(last) = last.map_err(|error| source.fault(error))?.filter(|last| *last > 0) {
            let set = sqlx::query("SELECT setval($1::regclass, $2)").bind(sequence).bind(last);
            set.execute(&mut *self.transaction).await.map_err(|error| self.engine.fault(error))?;
        }
        Ok(())
    }

    async fn count(&mut self, table: &str) -> Result<i64, StoreError> {
        let count = format!("SELECT count(*) FROM {}", quoted(table));
        let count = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut *self.transaction).await;
        count.map_err(|error| self.engine.fault(error))
    }

    async fn run(&mut self, statement: &'static str) -> Result<(), StoreError> {
        let done = sqlx::query(statement).execute(&mut *self.transaction).await;
        done.map(drop).map_err(|error| self.engine.fault(error))
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().await.map_err(|error| self.engine.fault(error))
    }
}
