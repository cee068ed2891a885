//! The doctor looks at the database, and leaves it as it is.

use std::{
    collections::BTreeMap,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};

use crate::world::World;

/// Every file but the index of the write-ahead log, which readers write into.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(dir).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
    let named =
        entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()));
    named.filter(|(name, _)| !name.ends_with("-shm")).collect()
}

async fn change(database: &Path, statement: &'static str) {
    let mut connection = SqliteConnectOptions::new().filename(database).connect().await.unwrap();
    connection.execute(statement).await.unwrap();
    connection.close().await.unwrap();
}

#[actix_web::test]
async fn a_database_of_another_version_is_told_and_left_as_it_is() {
    let mut world = World::new().await;
    world.stop();
    let database = world.dir().join("sidetone.db");
    for (statement, verdict, words) in [
        ("DELETE FROM _sqlx_migrations WHERE version = 6", "warning", "older version"),
        (
            "INSERT INTO _sqlx_migrations SELECT 9999, description, installed_on, success, checksum, execution_time \
             FROM _sqlx_migrations WHERE version = 1",
            "wrong",
            "newer version",
        ),
    ] {
        change(&database, statement).await;
        let before = files(world.dir());
        let report = world.doctor();
        let findings = report.json["findings"].as_array().unwrap();
        let found = findings.iter().find(|finding| finding["check"] == "store").unwrap();
        assert_eq!(found["verdict"], verdict, "{found}");
        assert!(found["says"].as_str().unwrap().contains(words), "{found}");
        assert!(files(world.dir()) == before, "the doctor has changed something");
    }
    // Nor does any other command that reads, nor one that would have to understand it.
    let before = files(world.dir());
    for args in [&["line", "list"][..], &["audit"], &["line", "remove", "+12025550143"], &["serve"]] {
        let output = world.command(args).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains("newer version"), "{args:?}: {said}");
    }
    assert!(files(world.dir()) == before, "a command has changed something");
}

/// What a server that was killed has left in its write-ahead log stays there.
#[actix_web::test]
async fn what_a_killed_server_has_left_is_read_and_left_as_it_is() {
    let mut world = World::new().await;
    world.line(&["add", "+442079460958"]);
    world.stop();
    let before = files(world.dir());
    assert!(!before["sidetone.db-wal"].is_empty());
    let report = world.doctor();
    let text = report.json.to_string();
    assert!(text.contains("+44 20 7946 0958"), "{text}");
    assert!(files(world.dir()) == before, "the doctor has changed something");
}

#[actix_web::test]
async fn secrets_that_everybody_can_read_are_found() {
    let world = World::new().await;
    for (name, mode) in [("sidetone.toml", 0o644), ("sidetone.db", 0o604)] {
        let path = world.dir().join(name);
        let private = fs::metadata(&path).unwrap().permissions();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let said = world.doctor().warned("privacy");
        assert!(said.contains(&format!("read {name} (mode {mode:04o})")), "{said}");
        assert!(said.contains(&format!("chmod o-rwx {name}")), "{said}");
        fs::set_permissions(&path, private).unwrap();
    }
    assert!(!world.doctor().json.to_string().contains("privacy"));
}
