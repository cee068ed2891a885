use std::{fs, path::Path, process::Command};

use backend::{config::Database, store};
use sqlx::{ConnectOptions, Connection, Executor, PgConnection, Row};

use super::served::{Calls, SIDETONE, Served, serve};
use crate::databases;

/// The configuration that names the new database, beside the server's own.
fn configure(served: &Served, new: &Database) {
    let Database::Postgres(url) = new else { panic!() };
    let (server, name) = (std::env::var("TEST_POSTGRES").unwrap(), url.options().get_database().unwrap());
    fs::write(served.dir.path().join("postgres.toml"), format!("database = \"{server}&dbname={name}\"\n"))
        .unwrap();
}

fn copy(dir: &Path) -> Command {
    let mut copy = Command::new(SIDETONE);
    copy.args(["store", "copy", "--to", "postgres.toml"]).current_dir(dir).env_remove("SIDETONE_CONFIG");
    copy
}

async fn count(connection: &mut PgConnection, of: &'static str) -> i64 {
    connection.fetch_one(of).await.unwrap().get(0)
}

/// What is reported before, during and after is each there once, and no minute is granted twice.
#[tokio::test]
async fn a_move_to_postgresql_costs_no_call_and_no_minute() {
    let served = Served::start().await;
    let new = databases::postgres().await;
    configure(&served, &new);
    let Database::Postgres(url) = &new else { panic!() };
    drop(store::open(&new).await.unwrap());
    let mut calls = Calls::default();
    served.calls(&mut calls, 0..4).await;

    // Somebody else's lock holds the copy up, when it holds SQLite's.
    let mut other = url.options().connect().await.unwrap();
    other.execute("BEGIN; LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let copying = copy(served.dir.path()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut watching = url.options().connect().await.unwrap();
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'relation'";
    while count(&mut watching, waits).await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    served.calls(&mut calls, 10..14).await;
    assert_eq!(served.ready().await, 503);
    other.execute("ROLLBACK").await.unwrap();
    other.close().await.unwrap();
    let copied = copying.wait_with_output().unwrap();
    assert!(copied.status.success(), "{}", served.said());
    let said = String::from_utf8(copied.stdout).unwrap();
    assert!(said.contains("calls") && said.contains("--config postgres.toml"), "{said}");

    served.calls(&mut calls, 20..24).await;
    let asked = calls.asked.len();
    served.when("it is ready", async || served.ready().await == 200).await;
    let there = "SELECT count(*) FROM calls WHERE outcome = 'completed' OR outcome LIKE '%refused%'";
    assert_eq!(count(&mut watching, there).await, i64::try_from(asked).unwrap(), "{}", served.said());
    served.is_whole_again(calls).await;
    let noted = "SELECT count(*) FROM audit WHERE kind = 'configuration_changed' AND actor = 'command line'";
    assert_eq!(count(&mut watching, noted).await, 1);

    // The next start, as it was before.
    let dir = served.dir.path().to_owned();
    let again = serve(Path::new(SIDETONE), &dir).output().unwrap();
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(!again.status.success() && said.contains("was moved to postgresql://"), "{said}");
    let checked = Command::new(SIDETONE).arg("check").current_dir(&dir).output().unwrap();
    assert!(!checked.status.success());
    assert!(String::from_utf8(checked.stderr).unwrap().contains("postgres.toml"));
    let again = copy(&dir).output().unwrap();
    assert!(String::from_utf8(again.stderr).unwrap().contains("already"));
    let said = served.end();
    assert!(said.contains("this server goes on there"), "{said}");
}

#[tokio::test]
async fn only_what_can_take_it_is_filled() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("sidetone.toml"), "database = \"sidetone.db\"").unwrap();
    let says = |target: &str| {
        fs::write(dir.join("postgres.toml"), format!("database = \"{target}\"")).unwrap();
        let copied = copy(dir).output().unwrap();
        assert!(!copied.status.success());
        String::from_utf8(copied.stderr).unwrap()
    };
    let new = databases::postgres().await;
    let Database::Postgres(url) = &new else { panic!() };
    let server = std::env::var("TEST_POSTGRES").unwrap();
    let address = format!("{server}&dbname={}", url.options().get_database().unwrap());
    assert!(says(&address).contains("there is no database"));
    drop(store::open(&Database::File(dir.join("sidetone.db"))).await.unwrap());
    for (target, what) in [
        ("sidetone.db", "no PostgreSQL database"),
        ("postgresql://a@db.example.com/c", "sslmode=verify-full"),
        ("postgresql://a:geheim@127.0.0.1:1/c", "does not work"),
    ] {
        let said = says(target);
        assert!(said.contains(what) && !said.contains("geheim"), "{said}");
    }
    let name = url.options().get_database().unwrap();
    let read_only = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
    url.options().connect().await.unwrap().execute(sqlx::AssertSqlSafe(read_only)).await.unwrap();
    assert!(says(&address).contains("takes no writes"));
    // What is PostgreSQL's already.
    fs::write(dir.join("sidetone.toml"), format!("database = \"{address}\"")).unwrap();
    assert!(says(&address).contains("already"));
    fs::write(dir.join("sidetone.toml"), "database = \"sidetone.db\"").unwrap();
    // None of that has changed anything.
    drop(store::open(&Database::File(dir.join("sidetone.db"))).await.unwrap());
}
