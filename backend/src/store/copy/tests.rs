//! On a PostgreSQL server that `tests/scripts/with_postgres.sh` has started.

use std::path::{Path, PathBuf};

use shared::api::CallOutcome;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Executor, PgConnection, Row, SqliteConnection, postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};
use tempfile::TempDir;

use super::{
    CopyError, Mark, copy,
    source::Source,
    tables::{quoted, tables},
};
use crate::{
    config::{Database, PostgresUrl},
    store::{
        Existing, StoreError,
        contract::{fixtures::*, postgres},
        open, open_existing,
    },
};

const NOW: i64 = 1_790_000_000;

/// An SQLite file, a PostgreSQL database, and the configuration that names it.
struct Databases {
    folder: TempDir,
    url: PostgresUrl,
    options: PgConnectOptions,
}

impl Databases {
    async fn new() -> Self {
        let (database, options) = postgres::database().await;
        let Database::Postgres(url) = database else { panic!() };
        let folder = tempfile::tempdir().unwrap();
        let address =
            format!("{}&dbname={}", std::env::var("TEST_POSTGRES").unwrap(), options.get_database().unwrap());
        std::fs::write(folder.path().join("postgres.toml"), format!("database = \"{address}\"")).unwrap();
        let databases = Self { folder, url, options };
        drop(open(&databases.file()).await.unwrap());
        databases
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("sidetone.db")
    }

    fn file(&self) -> Database {
        Database::File(self.path())
    }

    async fn copy(&self) -> Result<super::Moved, CopyError> {
        copy(&self.path(), &self.folder.path().join("postgres.toml"), &self.url, NOW).await
    }

    async fn old(&self) -> SqliteConnection {
        connect(&self.path()).await
    }

    async fn new_one(&self) -> PgConnection {
        self.options.connect().await.unwrap()
    }

    /// In PostgreSQL.
    async fn count(&self, table: &str) -> i64 {
        let count = format!("SELECT count(*) FROM {table}");
        sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut self.new_one().await).await.unwrap()
    }

    /// All that SQLite has, but for data; the names of references are quoted once they were changed.
    async fn schema(&self) -> Vec<String> {
        let schema = "SELECT coalesce(replace(sql, '\"', ''), name) FROM sqlite_schema ORDER BY 1";
        sqlx::query_scalar(schema).fetch_all(&mut self.old().await).await.unwrap()
    }
}

async fn connect(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).connect().await.unwrap()
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    Whole(Option<i64>),
}

/// Name, declared type, whether it may be absent, and the name of the column that it refers to, or its own.
type Column = (String, String, bool, String);

async fn columns(old: &mut SqliteConnection, table: &str) -> Vec<Column> {
    let columns = "SELECT c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0, coalesce(f.\"to\", c.name) FROM pragma_table_info($1) c \
         LEFT JOIN pragma_foreign_key_list($1) f ON f.\"from\" = c.name ORDER BY c.name";
    sqlx::query_as(columns).bind(table).fetch_all(old).await.unwrap()
}

/// Something odd for each column of the table, the same where one refers to the other.
fn cell((_, kind, nullable, name): &Column, row: i64) -> Cell {
    let absent = *nullable && row == 1;
    match &**kind {
        "TEXT" => {
            let odd = ["plain", "tab\t, line\n\r, \\, \\N, \\., \"'\u{1f600}\u{7f}\u{1}", "\\.", "with\0nul"];
            Cell::Text((!absent).then(|| format!("{}{name}{row}", odd[row as usize])))
        }
        "BLOB" => Cell::Bytes((!absent).then(|| [&[0, 255, b'\\', row as u8][..], name.as_bytes()].concat())),
        "BIGINT" | "INTEGER" if name == "id" => Cell::Whole(Some(10 + row)),
        "BIGINT" | "INTEGER" => Cell::Whole((!absent).then_some([1, 0, -7, 1 << 52][row as usize])),
        other => panic!("a type that nobody knows: {other}"),
    }
}

const ROWS: i64 = 4;

async fn fill(old: &mut SqliteConnection) -> usize {
    let tables = tables(old).await.unwrap();
    for table in &tables {
        let columns = columns(old, &table.name).await;
        let names: Vec<_> = columns.iter().map(|(name, ..)| quoted(name)).collect();
        let places: Vec<_> = (1..=names.len()).map(|n| format!("${n}")).collect();
        let insert = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            quoted(&table.name),
            names.join(", "),
            places.join(", ")
        );
        for row in 0..ROWS {
            let query = sqlx::query(AssertSqlSafe(insert.clone()));
            let query = columns.iter().fold(query, |query, column| match cell(column, row) {
                Cell::Text(text) => query.bind(text),
                Cell::Bytes(bytes) => query.bind(bytes),
                Cell::Whole(number) => query.bind(number),
            });
            query.execute(&mut *old).await.unwrap_or_else(|error| panic!("{}: {error}", table.name));
        }
    }
    tables.len()
}

/// The test of each new table: it is filled, and looked for, by what SQLite says of it.
#[tokio::test]
async fn every_value_of_every_table_arrives() {
    let databases = Databases::new().await;
    let mut old = databases.old().await;
    let filled = fill(&mut old).await;
    assert!(filled >= 9, "{filled} tables");
    let tables = tables(&mut old).await.unwrap();
    let mut expected = Vec::new();
    for table in &tables {
        expected.push(columns(&mut old, &table.name).await);
    }
    // Its number is not given again.
    old.execute("DELETE FROM events WHERE id = 13").await.unwrap();
    let moved = databases.copy().await.unwrap();
    assert!(moved.without_nul > 10, "{moved:?}");

    let mut new = databases.new_one().await;
    for (table, columns) in tables.iter().zip(expected) {
        let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {}", quoted(&table.name))));
        let mut rows: Vec<Vec<Cell>> = rows
            .fetch_all(&mut new)
            .await
            .unwrap()
            .iter()
            .map(|row| {
                let cell = |(name, kind, ..): &Column| match &**kind {
                    "TEXT" => Cell::Text(row.get(&**name)),
                    "BLOB" => Cell::Bytes(row.get(&**name)),
                    _ => Cell::Whole(row.get(&**name)),
                };
                columns.iter().map(cell).collect()
            })
            .collect();
        rows.sort();
        let last = if table.name == "events" { ROWS - 1 } else { ROWS };
        let as_there = |column: &Column, row| match cell(column, row) {
            Cell::Text(Some(text)) => Cell::Text(Some(text.replace('\0', ""))),
            other => other,
        };
        let mut all: Vec<Vec<Cell>> =
            (0..last).map(|row| columns.iter().map(|column| as_there(column, row)).collect()).collect();
        all.sort();
        assert_eq!(rows, all, "{}", table.name);
        assert!(moved.rows.contains(&(table.name.clone(), u64::try_from(last).unwrap())), "{moved:?}");
    }
    let next = "INSERT INTO events (phone_number, kind, payload) VALUES ('', '', '') RETURNING id";
    assert_eq!(new.fetch_one(next).await.unwrap().get::<i64, _>(0), 14);
    let next = "INSERT INTO audit (at, kind, detail) VALUES (1, '', '') RETURNING id";
    assert_eq!(new.fetch_one(next).await.unwrap().get::<i64, _>(0), 14);
}

#[tokio::test]
async fn nothing_is_moved_twice() {
    let databases = Databases::new().await;
    let store = open(&databases.file()).await.unwrap();
    store.add_line(&line(A)).await.unwrap();
    drop(store);
    databases.copy().await.unwrap();
    let again = databases.copy().await.unwrap_err();
    assert!(matches!(again, CopyError::MovedBefore { .. }), "{again}");
    assert!(
        again.to_string().contains("2026-09-21T14:13:20Z") && again.to_string().contains("postgres.toml"),
        "{again}"
    );
    // Who starts there is told where it is, whoever only looks as well.
    let started = open(&databases.file()).await.err().unwrap();
    assert!(matches!(started, StoreError::Moved { .. }), "{started}");
    assert!(matches!(open_existing(&databases.file()).await, Err(StoreError::Moved { .. })));
    // To an earlier version it is no database of its own, hence nothing that it would write into.
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = '_sqlx_migrations'",
    )
    .fetch_all(&mut databases.old().await)
    .await
    .unwrap();
    assert!(tables.is_empty(), "{tables:?}");

    // Another database into the same one.
    let other = databases.folder.path().join("other.db");
    drop(open(&Database::File(other.clone())).await.unwrap());
    let config = databases.folder.path().join("postgres.toml");
    let second = copy(&other, &config, &databases.url, NOW).await.unwrap_err();
    assert!(matches!(second, CopyError::CopiedBefore { .. }), "{second}");
    assert!(second.to_string().contains("2026-09-21T14:13:20Z"), "{second}");
    drop(open(&Database::File(other)).await.unwrap());
}

#[tokio::test]
async fn a_database_with_something_in_it_is_left_alone() {
    let databases = Databases::new().await;
    let new = Database::Postgres(databases.url.clone());
    open(&new).await.unwrap().add_line(&line(B)).await.unwrap();
    let error = databases.copy().await.unwrap_err();
    assert!(matches!(&error, CopyError::NotEmpty { table, .. } if table == "lines"), "{error}");
    open(&databases.file()).await.unwrap().add_line(&line(A)).await.unwrap();
    assert_eq!(databases.count("lines").await, 1);
}

#[tokio::test]
async fn other_versions_are_not_mixed() {
    let databases = Databases::new().await;
    drop(open(&Database::Postgres(databases.url.clone())).await.unwrap());
    let newer = "INSERT INTO _sqlx_migrations VALUES (900001, 'later', now(), true, '', 0)";
    databases.new_one().await.execute(newer).await.unwrap();
    let error = databases.copy().await.unwrap_err();
    assert!(matches!(error, CopyError::Store(StoreError::Newer(_))), "{error}");
    let newer = "INSERT INTO _sqlx_migrations VALUES (900001, 'later', 'now', 1, '', 0)";
    databases.old().await.execute(newer).await.unwrap();
    let error = databases.copy().await.unwrap_err();
    assert!(matches!(error, CopyError::Store(StoreError::Newer(_))), "{error}");
}

#[tokio::test]
async fn a_copy_that_fails_has_changed_nothing() {
    let databases = Databases::new().await;
    fill(&mut databases.old().await).await;
    let before = databases.schema().await;
    let running = open(&databases.file()).await.unwrap();
    drop(open(&Database::Postgres(databases.url.clone())).await.unwrap());
    let mut new = databases.new_one().await;
    let refuses = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$; \
         CREATE TRIGGER full_disk BEFORE INSERT ON sessions EXECUTE FUNCTION full_disk()";
    new.execute(refuses).await.unwrap();
    let error = databases.copy().await.unwrap_err();
    assert!(error.to_string().contains("could not extend file"), "{error}");
    assert!(error.to_string().contains("sessions"), "{error}");
    assert_eq!(databases.schema().await, before);
    running.add_line(&line(A)).await.unwrap();
    assert_eq!(databases.count("lines").await, 0, "all or nothing");

    // Something that swallows rows is not believed.
    let swallows = "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; \
         DROP TRIGGER full_disk ON sessions; \
         CREATE TRIGGER full_disk BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION full_disk()";
    new.execute(swallows).await.unwrap();
    let error = databases.copy().await.unwrap_err();
    assert!(matches!(error, CopyError::Count { rows: ROWS, copied: 0, .. }), "{error}");
    new.execute("DROP TRIGGER full_disk ON sessions").await.unwrap();
    databases.copy().await.unwrap();
    assert_eq!(databases.count("lines").await, ROWS + 1);
}

/// As a copy leaves it that is killed when SQLite has its mark, and PostgreSQL nothing yet.
#[tokio::test]
async fn a_copy_that_was_broken_off_between_the_two_ends_begins_anew() {
    let databases = Databases::new().await;
    let before = databases.schema().await;
    let running = open(&databases.file()).await.unwrap();
    running.add_line(&line(A)).await.unwrap();
    let mark = Mark {
        id: "another".into(),
        place: databases.url.to_string(),
        config: databases.folder.path().join("postgres.toml").display().to_string(),
        at: NOW,
    };
    let mut source = Source::open(&databases.path()).await.unwrap();
    source.lock().await.unwrap();
    source.put_mark(&mark).await.unwrap();
    source.commit().await.unwrap();

    let call = report(CallOutcome::Ringing, 10, 0);
    let error = running.report_call(&call).await.unwrap_err();
    assert!(matches!(error, StoreError::Moved { .. }), "{error}");
    assert!(error.to_string().contains("`sidetone store copy` again"), "{error}");
    // What another command would do, should this one fail.
    source.lock().await.unwrap();
    source.take_out_mark().await.unwrap();
    assert_eq!(databases.schema().await.len(), before.len() + 1, "not committed");
    source.commit().await.unwrap();
    assert_eq!(databases.schema().await, before);
    running.report_call(&call).await.unwrap();
    source.lock().await.unwrap();
    source.put_mark(&mark).await.unwrap();
    source.commit().await.unwrap();
    source.close().await;

    databases.copy().await.unwrap();
    let later = report(CallOutcome::Completed, 20, 8);
    // The same server, a second after it has asked in vain.
    while running.report_call(&later).await.is_err() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(databases.count("calls WHERE duration_s = 8 AND outcome = 'completed'").await, 1);
    assert_eq!(databases.count("calls").await, 1);
    let Existing::Open(_) = open_existing(&Database::Postgres(databases.url.clone())).await.unwrap() else {
        panic!()
    };
}

/// Whatever it is that a running server asks first.
#[tokio::test]
async fn a_running_server_goes_on_in_the_new_database() {
    for first in 0..4 {
        let databases = Databases::new().await;
        let running = open(&databases.file()).await.unwrap();
        running.add_line(&line(A)).await.unwrap();
        let mut listener = running.listen();
        assert_eq!(running.last_event().await.unwrap(), 0);
        databases.copy().await.unwrap();
        // Written there by another.
        open(&Database::Postgres(databases.url.clone())).await.unwrap().add_line(&line(B)).await.unwrap();
        let call = report(CallOutcome::Ringing, 10, 0);
        match first {
            0 => assert_eq!(running.lines().await.unwrap().len(), 2, "what it reads"),
            1 => running.report_call(&call).await.unwrap(),
            2 => assert!(running.rename_line(&number(B), "Reception").await.unwrap()),
            _ => running.try_writing().await.unwrap(),
        }
        running.report_call(&call).await.unwrap();
        assert_eq!((databases.count("calls").await, databases.count("lines").await), (1, 2));
        assert_eq!(running.lines().await.unwrap().len(), 2);
        listener.heard().await;
        listener.heard().await;
    }
}

/// A file that only another user may read.
#[cfg(unix)]
#[tokio::test]
async fn a_configuration_that_running_servers_cannot_read_is_refused() {
    use std::os::unix::fs::{PermissionsExt, chown};
    let databases = Databases::new().await;
    // Only root may give files away.
    if chown(databases.path(), Some(65_532), None).is_err() {
        return;
    }
    std::fs::set_permissions(databases.folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let config = databases.folder.path().join("postgres.toml");
    std::fs::set_permissions(&config, std::fs::Permissions::from_mode(0o600)).unwrap();
    let error = databases.copy().await.unwrap_err();
    assert!(matches!(error, CopyError::HiddenConfig { .. }), "{error}");
    chown(&config, Some(65_532), None).unwrap();
    databases.copy().await.unwrap();
}
