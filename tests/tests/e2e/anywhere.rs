//! Runs anywhere: the static file, and the image of it, each as a container runtime would run it.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use e2e::PATIENCE;
use e2e::anywhere::{Image, command, empty_root, first_process};
use e2e::installation::{Ground, Installation};
use e2e::operator::Operator;
use e2e::proxy::Manners;
use serde_json::json;
use tokio::process::Command;

use crate::own_account::there_and_back;

/// What `docker stop` waits before it kills.
const RUNTIMES_PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn the_static_file_is_all_that_a_host_needs() -> Result<()> {
    let root = empty_root()?;
    there_and_back(Operator::new(Ground::Root(root.path().to_owned()), None).await?).await
}

/// What the image's program says without arguments, in its environment.
async fn said(image: &Image, change: impl FnOnce(&mut Command) -> &mut Command) -> Result<String> {
    let mut command = command(&image.root(), None);
    command.arg("serve").env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs(image.environment()).envs([
        ("SIDETONE_PUBLIC_URL", "https://phone.example.com"),
        ("SIDETONE_TWILIO__ACCOUNT_SID", "AC00000000000000000000000000000001"),
        ("SIDETONE_TWILIO__AUTH_TOKEN", "0123456789abcdef0123456789abcdef"),
        ("SIDETONE_TWILIO__API_KEY_SID", "SK00000000000000000000000000000001"),
        ("SIDETONE_TWILIO__API_KEY_SECRET", "abcdefghijklmnopqrstuvwxyz012345"),
        ("SIDETONE_TWILIO__APPLICATION_SID", "AP00000000000000000000000000000001"),
    ]);
    let output = change(&mut command).kill_on_drop(true).output();
    let output = tokio::time::timeout(PATIENCE, output).await.context("it serves")??;
    ensure!(!output.status.success(), "it ends well");
    Ok(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Asked as the runtime asks, from inside; whether it is content, and what it says.
async fn health(installation: &Installation, port: u16) -> Result<(bool, String)> {
    let bind = format!("SIDETONE_BIND=127.0.0.1:{port}");
    let said = installation.sidetone_among(&[&bind], &["health"]).await?;
    Ok((said.status.success(), said.all()))
}

#[tokio::test]
async fn the_image_is_a_phone_and_says_what_it_lacks() -> Result<()> {
    let image = Image::build().await?;
    let config = &image.config;
    ensure!(config["User"] == "65532:65532" && config["Entrypoint"] == json!(["/sidetone"]), "{config:#}");
    ensure!(config["Healthcheck"]["Test"] == json!(["CMD", "/sidetone", "health"]), "{config:#}");
    let files: Vec<_> = fs::read_dir(image.root())?.flatten().map(|entry| entry.file_name()).collect();
    ensure!(files.len() == 5, "LICENSE, sidetone, data; etc and proc are the runtime's: {files:?}");

    let without = said(&image, |command| command).await?;
    ensure!(without.contains("/data/sidetone.db is on no volume"), "{without}");
    ensure!(without.contains("--volume sidetone:/data"), "{without}");
    let as_root = said(&image, |command| command.env("IN_ROOT_USER", "0")).await?;
    ensure!(as_root.contains("runs as root") && as_root.contains("65532"), "{as_root}");

    let operator = Operator::new(Ground::Root(image.root()), Some(Manners::KeepsPrefix)).await?;
    let mut operator = operator;
    for (name, value) in image.environment() {
        operator.installation.knows(&name, value);
    }
    there_and_back(operator).await?;
    Ok(())
}

/// The first process of a container gets no signal that it has no handler for, and its runtime does not wait for long.
#[tokio::test]
async fn the_first_process_of_a_container_tells_its_health_and_stops_in_time() -> Result<()> {
    let root = empty_root()?;
    let operator = Operator::new(Ground::Root(root.path().to_owned()), None).await?;
    operator.connect(&["--yes"]).await?.ok()?;
    let (healthy, words) = health(&operator.installation, operator.port).await?;
    ensure!(!healthy && words.contains("no server answers"), "before it runs: {words}");

    let mut serving = operator.installation.serve(operator.port).await?;
    let (healthy, words) = health(&operator.installation, operator.port).await?;
    ensure!(healthy, "{words}\n{}", serving.log());

    // A browser keeps its connection, and a client does not come to an end with its request.
    let idle = reqwest::Client::new();
    let page = format!("{}/", operator.installation.public_url());
    idle.get(&page).send().await?.bytes().await?;
    let mut slow = tokio::net::TcpStream::connect(("127.0.0.1", operator.port)).await?;
    tokio::io::AsyncWriteExt::write_all(&mut slow, b"GET / HTTP/1.1\r\nHost: ").await?;

    let process = first_process(serving.id().context("it runs")?)?;
    let asked = Instant::now();
    ensure!(Command::new("kill").args(["-TERM", &process.to_string()]).status().await?.success(), "kill");
    let status = tokio::time::timeout(PATIENCE, serving.wait()).await.context("it goes on")??;
    ensure!(status.code() == Some(0), "{status} ({:?})\n{}", status.signal(), serving.log());
    let took = asked.elapsed();
    ensure!(took < RUNTIMES_PATIENCE, "it took {took:?}");
    operator.stop().await
}

/// Whoever else is in that network could say who asks, and pass for another address.
#[test]
fn the_compose_file_believes_caddy_alone() {
    let compose = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/compose.yaml")).unwrap();
    let after = |key: &str| {
        let line = compose.lines().find_map(|line| line.trim().strip_prefix(key));
        line.unwrap_or_else(|| panic!("no {key}")).trim().to_owned()
    };
    assert_eq!(after("SIDETONE_TRUSTED_PROXIES:"), after("ipv4_address:"));
    assert_eq!(after("read_only:"), "true");
}
