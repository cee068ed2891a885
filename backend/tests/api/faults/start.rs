//! What is wrong with the database's files when the server starts.

use std::{
    fs::{self, Permissions},
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown},
        process::CommandExt,
    },
    path::Path,
    process::Output,
    time::{Duration, Instant},
};

use backend::{config::Database, store};
use sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};
use tempfile::TempDir;

use super::served::{SIDETONE, Served, configure, serve};

/// "nobody" on most systems; any user without rights will do.
const STRANGER: u32 = 65_534;

/// A folder with a configuration and a database, in which somebody without privileges runs `sidetone`: for root nothing is
/// forbidden.
struct Place(TempDir);

impl Place {
    async fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        configure(place.0.path(), 0, 0);
        let database = place.file("data/sidetone.db");
        drop(store::open(&Database::File(database.clone())).await.unwrap());
        // The last connection takes the files beside it along.
        let patience = Instant::now() + Duration::from_secs(60);
        while place.file("data/sidetone.db-wal").exists() {
            assert!(Instant::now() < patience, "the database stays open");
            let mut last = SqliteConnectOptions::new().filename(&database).connect().await.unwrap();
            last.execute("SELECT count(*) FROM lines").await.unwrap();
            last.close().await.unwrap();
        }
        if is_root() {
            for name in ["", "sidetone.toml", "data", "data/sidetone.db"] {
                chown(place.file(name), Some(STRANGER), Some(STRANGER)).unwrap();
            }
            // Where root alone may look, nobody else can run anything.
            fs::copy(SIDETONE, place.file("sidetone")).unwrap();
        }
        place
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn mode(&self, name: &str, mode: u32) {
        fs::set_permissions(self.file(name), Permissions::from_mode(mode)).unwrap();
    }

    /// It does not start; what it says.
    fn refused(&self) -> String {
        let mut command = if is_root() {
            let mut command = serve(&self.file("sidetone"), self.0.path());
            command.uid(STRANGER).gid(STRANGER);
            command
        } else {
            serve(Path::new(SIDETONE), self.0.path())
        };
        let Output { status, stderr, .. } = command.output().unwrap();
        let said = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(1), "{said}");
        assert!(said.contains("the database data/sidetone.db cannot be written: "), "{said}");
        assert!(said.contains("the right to write the file"), "{said}");
        said
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Or it cannot be deleted.
        drop(fs::set_permissions(self.file("data"), Permissions::from_mode(0o700)));
    }
}

fn is_root() -> bool {
    Path::new("/proc/self").metadata().unwrap().uid() == 0
}

#[tokio::test]
async fn a_database_that_is_read_only_is_a_fault_at_the_start() {
    let place = Place::new().await;
    place.mode("data/sidetone.db", 0o400);
    let said = place.refused();
    assert!(said.contains("the file: Permission denied"), "{said}");
    assert_eq!(said.matches("sidetone.db").count(), 1, "told once: {said}");
}

/// Where the server made one before, but its files went with it.
#[tokio::test]
async fn a_folder_that_is_read_only_is_a_fault_at_the_start() {
    let place = Place::new().await;
    place.mode("data", 0o500);
    let said = place.refused();
    assert!(said.contains("its folder ") && said.contains("data: Permission denied"), "{said}");
}

/// As a command that was run by root may leave it.
#[tokio::test]
async fn a_log_that_is_read_only_is_a_fault_at_the_start() {
    for end in ["-wal", "-shm"] {
        let place = Place::new().await;
        let name = format!("data/sidetone.db{end}");
        fs::write(place.file(&name), "").unwrap();
        place.mode(&name, 0o400);
        if is_root() {
            chown(place.file(&name), Some(STRANGER), Some(STRANGER)).unwrap();
        }
        let said = place.refused();
        assert!(said.contains(&format!("{name}: Permission denied")), "{said}");
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_a_fault_at_the_start() {
    let place = Place::new().await;
    fs::rename(place.file("data"), place.file("elsewhere")).unwrap();
    assert!(place.refused().contains("No such file"));
    fs::rename(place.file("elsewhere"), place.file("data")).unwrap();
}

#[tokio::test]
async fn secrets_that_everybody_can_read_are_told_at_the_start() {
    let served = Served::start().await;
    let said = served.said();
    assert!(said.contains("read sidetone.toml (mode 0644)"), "{said}");
    assert!(said.contains("chmod o-rwx sidetone.toml"), "{said}");
    assert!(!said.contains("sidetone.db (mode"), "the database is its owner's: {said}");
}
