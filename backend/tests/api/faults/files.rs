//! The files of the database are deleted, replaced or spoiled.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};

use super::served::{Calls, Served};

fn beside(database: &Path, end: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// A copy as a backup makes it.
async fn copy(served: &Served) -> PathBuf {
    let copy = served.dir.path().join("copy.db");
    let mut other = SqliteConnectOptions::new().filename(served.database()).connect().await.unwrap();
    other.execute(AssertSqlSafe(format!("VACUUM INTO '{}'", copy.display()))).await.unwrap();
    other.close().await.unwrap();
    copy
}

#[tokio::test]
async fn a_database_that_was_moved_away_and_back_costs_no_call_and_no_minute() {
    let served = Served::start().await;
    let mut calls = Calls::default();
    served.calls(&mut calls, 0..2).await;
    let away = served.dir.path().join("away.db");
    fs::rename(served.database(), &away).unwrap();
    served.calls(&mut calls, 10..14).await;
    assert_eq!(served.sign_in().await.status(), 503);
    assert_eq!(served.ready().await, 503);
    assert!(!served.database().exists(), "no empty one takes its place");
    fs::rename(&away, served.database()).unwrap();
    served.is_whole_again(calls).await;
    let said = served.end();
    assert!(said.contains("data/sidetone.db is gone"), "{said}");
}

#[tokio::test]
async fn a_database_that_was_deleted_costs_no_call_and_no_minute_when_its_copy_takes_its_place() {
    let served = Served::start().await;
    let mut calls = Calls::default();
    served.calls(&mut calls, 0..2).await;
    let copy = copy(&served).await;
    for end in ["", "-wal", "-shm"] {
        fs::remove_file(beside(&served.database(), end)).unwrap();
    }
    served.calls(&mut calls, 10..14).await;
    assert_eq!(served.sign_in().await.status(), 503);
    assert_eq!(served.ready().await, 503);
    fs::rename(copy, served.database()).unwrap();
    served.is_whole_again(calls).await;
}

/// SQLite would go on writing into a log that has no name, and nobody else would ever read it.
#[tokio::test]
async fn a_log_that_was_deleted_costs_no_call_and_no_minute() {
    let served = Served::start().await;
    let mut calls = Calls::default();
    served.calls(&mut calls, 0..2).await;
    fs::remove_file(beside(&served.database(), "-wal")).unwrap();
    fs::remove_file(beside(&served.database(), "-shm")).unwrap();
    served.calls(&mut calls, 10..14).await;
    // As somebody else reads it.
    let copy = copy(&served).await;
    let mut other = SqliteConnectOptions::new().filename(copy).connect().await.unwrap();
    let known: i64 = sqlx::query_scalar("SELECT count(*) FROM calls").fetch_one(&mut other).await.unwrap();
    assert_eq!(known, 6);
    served.is_whole_again(calls).await;
}

async fn spoiled(spoil: impl FnOnce(&Path, usize)) {
    let served = Served::start().await;
    let mut calls = Calls::default();
    served.calls(&mut calls, 0..2).await;
    let mut other = SqliteConnectOptions::new().filename(served.database()).connect().await.unwrap();
    other.execute("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    other.close().await.unwrap();
    let good = fs::read(served.database()).unwrap();
    spoil(&served.database(), good.len());
    served.calls(&mut calls, 10..14).await;
    let mut file = OpenOptions::new().write(true).open(served.database()).unwrap();
    file.write_all(&good).unwrap();
    served.when("somebody can sign in", async || served.sign_in().await.status() == 200).await;
    served.is_whole_again(calls).await;
}

#[tokio::test]
async fn a_database_that_was_overwritten_costs_no_call_and_no_minute() {
    spoiled(|path, size| {
        let mut file = OpenOptions::new().write(true).open(path).unwrap();
        file.write_all(&vec![0x5a; size]).unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_database_that_was_cut_off_costs_no_call_and_no_minute() {
    spoiled(|path, _| OpenOptions::new().write(true).open(path).unwrap().set_len(100).unwrap()).await;
}
