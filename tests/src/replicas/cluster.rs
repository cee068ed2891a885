use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use tokio::process::Command;

use crate::lambda::database;

/// A PostgreSQL server of its own for a test that does it harm. It listens on a socket in a folder, and is gone when this is
/// dropped.
pub struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
}

impl Cluster {
    /// A new one, which runs.
    pub async fn start() -> Result<Self> {
        let cluster = Self { folder: tempfile::tempdir()?, programs: programs()? };
        if is_root()? {
            // It refuses to run as root.
            let owned = Command::new("chown").arg("postgres").arg(cluster.folder.path()).status().await?;
            ensure!(owned.success(), "chown");
        }
        let data = cluster.data();
        let new = ["--username", "sidetone", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"];
        cluster.run("initdb", &[&["--pgdata", &data, "--no-sync"], &new[..]].concat()).await?;
        cluster.start_again().await?;
        Ok(cluster)
    }

    /// After [`Cluster::stop`].
    pub async fn start_again(&self) -> Result<()> {
        let folder = self.folder.path().display();
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=100"
        );
        let log = self.folder.path().join("log").display().to_string();
        let start = ["--pgdata", &self.data(), "--log", &log, "--wait", "--silent", "--options", &options];
        self.run("pg_ctl", &[&start[..], &["start"]].concat()).await
    }

    /// As a machine that loses its power: nobody is told anything.
    pub async fn stop(&self) -> Result<()> {
        self.run("pg_ctl", &["--pgdata", &self.data(), "--mode", "immediate", "--silent", "stop"]).await
    }

    pub fn url(&self) -> String {
        format!("postgresql://sidetone@localhost/postgres?host={}", self.folder.path().display())
    }

    /// Where it listens.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join(".s.PGSQL.5432")
    }

    /// Rows of a query.
    pub async fn ask(&self, sql: &str) -> Result<String> {
        database::ask(&self.url(), sql).await
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    async fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let mut command = Command::from(command(&self.programs.join(program))?);
        let output = command.args(arguments).current_dir(self.folder.path());
        // A server that goes on would keep the pipes.
        let status = output.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().await?;
        let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        ensure!(status.success(), "{program} {arguments:?}: {status}\n{log}");
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stop = ["--pgdata", &self.data(), "--mode", "immediate", "--silent", "stop"];
        let quiet = |mut command: std::process::Command| {
            command.args(stop).stdout(Stdio::null()).stderr(Stdio::null()).status()
        };
        drop(command(&self.programs.join("pg_ctl")).map(quiet));
    }
}

/// A program of PostgreSQL, as a user that may run it.
fn command(program: &Path) -> Result<std::process::Command> {
    if !is_root()? {
        return Ok(std::process::Command::new(program));
    }
    let mut command = std::process::Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
    Ok(command)
}

fn is_root() -> Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(std::fs::metadata("/proc/self")?.uid() == 0)
}

/// Debian has them where nobody's PATH looks.
fn programs() -> Result<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<_> = versions.map(|version| version.path().join("bin")).collect();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let found = folders.into_iter().find(|folder| folder.join("initdb").is_file());
    found.context("there is no PostgreSQL server: apt-get install postgresql")
}
