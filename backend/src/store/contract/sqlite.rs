//! The suite on SQLite, and what only a file can be asked.

use std::sync::Arc;

use sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};

use super::{fixtures::*, suite::suite};
use crate::{
    config::Database,
    store::{Store, open, open_existing},
};

suite!(in_memory, one_file_thrice, 60);

async fn in_memory() -> Arc<dyn Store> {
    open(&Database::Memory).await.unwrap()
}

async fn one_file_thrice() -> [Arc<dyn Store>; 3] {
    // Its open files serve on when it is gone.
    let dir = tempfile::tempdir().unwrap();
    let database = Database::File(dir.keep().join("sidetone.db"));
    [open(&database).await.unwrap(), open(&database).await.unwrap(), open(&database).await.unwrap()]
}

#[tokio::test]
async fn it_keeps_its_file() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::File(dir.path().join("sidetone.db"));
    open(&database).await.unwrap().add_line(&line(A)).await.unwrap();
    assert_eq!(open(&database).await.unwrap().lines().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_of_another_program_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("other.db");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut other = options.connect().await.unwrap();
    other.execute("CREATE TABLE lines (text TEXT)").await.unwrap();
    other.close().await.unwrap();
    let text = dir.path().join("text.db");
    std::fs::write(&text, "no database, but longer than what SQLite takes for a new one").unwrap();
    for (path, says) in [
        (path, "another program's"),
        (text, "no SQLite database"),
        ("/dev/null".into(), "no SQLite database"),
    ] {
        let before = std::fs::read(&path).unwrap();
        for error in [
            open(&Database::File(path.clone())).await.err().unwrap(),
            open_existing(&Database::File(path.clone())).await.err().unwrap(),
        ] {
            assert!(error.to_string().contains(says), "{error}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), before, "{}", path.display());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn its_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let store = open(&Database::File(dir.path().join("sidetone.db"))).await.unwrap();
    store.add_line(&line(A)).await.unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?} has mode {mode:o}", entry.file_name());
        files += 1;
    }
    assert!(files > 1, "the write-ahead log is looked at too");
}
