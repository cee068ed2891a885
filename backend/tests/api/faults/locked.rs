use sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};

use super::served::{Calls, Served};

/// Somebody looks at the database with a tool, and keeps it locked.
#[tokio::test]
async fn a_database_that_was_locked_costs_no_call_and_no_minute() {
    let served = Served::start().await;
    let mut calls = Calls::default();
    served.calls(&mut calls, 0..2).await;
    let mut other = SqliteConnectOptions::new().filename(served.database()).connect().await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    served.calls(&mut calls, 10..14).await;
    assert_eq!(served.ready().await, 503);
    other.execute("ROLLBACK").await.unwrap();
    other.close().await.unwrap();
    served.is_whole_again(calls).await;
}
