//! Which engine the tests stand on: SQLite in memory, or, where `TEST_STORE` says `postgres`, new databases of the server that
//! `tests/scripts/with_postgres.sh` has started.

use std::{
    env,
    sync::atomic::{AtomicU32, Ordering},
};

use backend::config::{Database, PostgresUrl};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};

/// The one that a test asks for, but for one in memory, which may be on another engine.
pub(crate) async fn chosen(asked: &Database) -> Database {
    match (asked, env::var("TEST_STORE").as_deref()) {
        (Database::Memory, Ok("postgres")) => postgres().await,
        _ => asked.clone(),
    }
}

/// A database with nothing in it. Needs `tests/scripts/with_postgres.sh` around the tests.
pub(crate) async fn postgres() -> Database {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = env::var("TEST_POSTGRES").unwrap();
    let name = format!("api{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let mut admin = PostgresUrl::parse(&server).unwrap().options().connect().await.unwrap();
    admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    Database::Postgres(PostgresUrl::parse(&format!("{server}&dbname={name}")).unwrap())
}
