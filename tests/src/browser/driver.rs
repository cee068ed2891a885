//! The program that drives a browser, on a free port.

use std::process::Stdio;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How often one is started that ends at once.
const STARTS: usize = 5;

pub(super) struct Program {
    pub(super) name: &'static str,
    /// Where it comes from.
    pub(super) hint: &'static str,
    /// What it writes before its port.
    pub(super) mark: &'static str,
}

/// The process, and its URL.
///
/// # Errors
/// The program is missing or does not start.
pub(super) async fn start(
    program: &Program,
    arguments: &[&str],
    environment: &[(&str, String)],
) -> Result<(Child, String)> {
    let mut said = String::new();
    for _ in 0..STARTS {
        match try_start(program, arguments, environment).await? {
            Ok(started) => return Ok(started),
            Err(output) => said = output,
        }
    }
    bail!("{} ended {STARTS} times before it said its port; it said: {said}", program.name)
}

/// The inner error is what a driver said that ended at once: ChromeDriver takes a free IPv4 port, and gives up when
/// somebody else has the IPv6 port of the same number.
async fn try_start(
    program: &Program,
    arguments: &[&str],
    environment: &[(&str, String)],
) -> Result<Result<(Child, String), String>> {
    let mut driver = Command::new(program.name)
        .args(arguments)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("`{}` did not start; {}", program.name, program.hint))?;
    let output = driver.stdout.take().context("the driver's output")?;
    let mut lines = BufReader::new(output).lines();
    let mut said = String::new();
    while let Some(line) = lines.next_line().await? {
        if let Some((_, port)) = line.split_once(program.mark) {
            let port = port.trim_end_matches('.').to_owned();
            // its output must be read on, or it stops when the pipe is full
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(Ok((driver, format!("http://127.0.0.1:{port}"))));
        }
        said = line;
    }
    Ok(Err(said))
}
