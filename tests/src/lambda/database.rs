use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, ensure};
use tokio::process::Command;

/// Makes a database with nothing in it; gives its address.
///
/// # Errors
/// There is no `tests/scripts/with_postgres.sh` around the tests.
pub async fn empty() -> Result<String> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = server()?;
    let name = format!("lambda{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    ask(&server, &format!("CREATE DATABASE {name}")).await?;
    Ok(format!("{server}&dbname={name}"))
}

/// Rows of a query, a line each, with bars between the columns.
pub async fn ask(url: &str, sql: &str) -> Result<String> {
    let psql =
        ["--no-psqlrc", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--command", sql, url];
    let output = Command::new("psql").args(psql).output().await.context("psql")?;
    ensure!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn server() -> Result<String> {
    std::env::var("TEST_POSTGRES").context(
        "TEST_POSTGRES is missing: run the tests through tests/scripts/with_postgres.sh, as `make e2e` does",
    )
}
