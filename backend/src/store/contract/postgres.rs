//! The suite on PostgreSQL, each test in a new database of the server that `tests/scripts/with_postgres.sh` has started.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use shared::api::CallOutcome;
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, postgres::PgConnectOptions};

use super::{fixtures::*, suite::suite};
use crate::{
    config::{Database, PostgresUrl},
    store::{Existing, Store, StoreError, open, open_existing},
};

// Each case makes a database, which takes a while.
suite!(empty, thrice, 10);

/// A database with nothing in it.
pub(in crate::store) async fn database() -> (Database, PgConnectOptions) {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("TEST_POSTGRES").expect(
        "TEST_POSTGRES is the address of a PostgreSQL server for tests, in which databases may be made: run the tests \
         through tests/scripts/with_postgres.sh, which starts one, as `make unit` does",
    );
    let name = format!("t{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let url = PostgresUrl::parse(&server).unwrap();
    let mut admin = url.options().connect().await.unwrap();
    admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let url = PostgresUrl::parse(&format!("{server}&dbname={name}")).unwrap();
    let options = url.options().clone();
    (Database::Postgres(url), options)
}

async fn empty() -> Arc<dyn Store> {
    open(&database().await.0).await.unwrap()
}

async fn thrice() -> [Arc<dyn Store>; 3] {
    let (database, _) = database().await;
    // At once, as servers start that were put in place together.
    let (one, other, third) = tokio::join!(open(&database), open(&database), open(&database));
    [one.unwrap(), other.unwrap(), third.unwrap()]
}

#[tokio::test]
async fn it_keeps_what_it_has() {
    let (database, _) = database().await;
    assert!(matches!(open_existing(&database).await.unwrap(), Existing::Missing));
    open(&database).await.unwrap().add_line(&line(A)).await.unwrap();
    assert_eq!(open(&database).await.unwrap().lines().await.unwrap().len(), 1);
    let Existing::Open(store) = open_existing(&database).await.unwrap() else { panic!() };
    assert_eq!(store.lines().await.unwrap().len(), 1);
}

#[tokio::test]
async fn of_a_newer_version_it_is_left_alone() {
    let (database, options) = database().await;
    drop(open(&database).await.unwrap());
    let mut other = options.connect().await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations VALUES (900001, 'later', now(), true, '', 0)";
    other.execute(newer).await.unwrap();
    assert!(matches!(open(&database).await, Err(StoreError::Newer(_))));
    assert!(matches!(open_existing(&database).await.unwrap(), Existing::Newer));
}

#[tokio::test]
async fn a_database_that_takes_no_writes_is_seen() {
    let (database, options) = database().await;
    let store = open(&database).await.unwrap();
    store.ping().await.unwrap();
    let name = options.get_database().unwrap().to_owned();
    let mut other = options.connect().await.unwrap();
    let set = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
    other.execute(AssertSqlSafe(set)).await.unwrap();
    // Open connections keep what they were told.
    store.try_writing().await.unwrap();
    let error = open(&database).await.unwrap().try_writing().await.unwrap_err().to_string();
    assert!(error.contains("takes no writes") && error.contains(&name), "{error}");
}

#[tokio::test]
async fn connections_that_were_cut_are_made_anew() {
    let (database, options) = database().await;
    let store = open(&database).await.unwrap();
    store.add_line(&line(A)).await.unwrap();
    let mut other = options.connect().await.unwrap();
    for _ in 0..3 {
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        other.execute(cut).await.unwrap();
        store.report_call(&report(CallOutcome::Ringing, 10, 0)).await.unwrap();
        assert_eq!(store.lines().await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn text_with_a_nul_is_written_without_it() {
    let store = empty().await;
    let mut odd = line(A);
    odd.label = "Rece\0ption".into();
    store.add_line(&odd).await.unwrap();
    assert_eq!(store.lines().await.unwrap()[0].label, "Reception");
}

#[tokio::test]
async fn a_server_that_is_gone_is_named_without_its_password() {
    let url = PostgresUrl::parse("postgresql://a:geheim@127.0.0.1:1/c").unwrap();
    let error = open(&Database::Postgres(url)).await.err().unwrap().to_string();
    assert!(error.contains("postgresql://a@127.0.0.1:1/c") && !error.contains("geheim"), "{error}");
}
