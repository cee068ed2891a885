//! The page as Trunk builds it for people who work on it: `make dev-test`, which `.ci/run` calls beside `make test`.

#![expect(clippy::expect_used, reason = "in a test a panic is a report")]

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use e2e::installation::Installation;
use e2e::scenario::scenario;
use e2e::stack::{Options, TOKYO};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// Trunk builds before it listens: seconds when the page is built already, minutes otherwise.
const BUILT_WITHIN: Duration = Duration::from_secs(1200);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository")
}

/// With the page that `trunk build` has left.
fn options() -> Options {
    Options { ui_dir: root().join("dist-dev"), ..Options::default() }
}

/// `trunk serve`, which ends when it is dropped.
struct Serve {
    url: String,
    _process: Child,
    _folder: tempfile::TempDir,
}

impl Serve {
    /// With `Trunk.toml`, but on a free port, and with a server that is elsewhere than the demo is.
    async fn start(server: &str) -> Result<Self> {
        let root = root();
        let port = Installation::free_port()?;
        // Where cargo finds the workspace.
        let folder = tempfile::tempdir_in(root.join("target"))?;
        let mut settings = std::fs::read_to_string(root.join("Trunk.toml"))?;
        let (demo, here) = ("http://localhost:8080/", format!("\"{}/", root.display()));
        for (what, by) in [
            (demo, server),
            ("\"frontend/", &format!("{here}frontend/")),
            ("\"frontend\"", &format!("{here}frontend\"")),
            ("\"shared\"", &format!("{here}shared\"")),
        ] {
            ensure!(settings.contains(what), "Trunk.toml does not say {what}");
            settings = settings.replace(what, by);
        }
        std::fs::write(folder.path().join("Trunk.toml"), settings)?;
        let mut process = Command::new("trunk")
            .args(["serve", "--port", &port.to_string(), "--dist", "dist"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("`trunk` did not start: run `make dev-test`")?;
        let listens = async {
            while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
                if let Some(status) = process.try_wait()? {
                    bail!("trunk ended ({status})");
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Ok(())
        };
        tokio::time::timeout(BUILT_WITHIN, listens).await.context("trunk never listens")??;
        Ok(Self { url: format!("http://127.0.0.1:{port}/"), _process: process, _folder: folder })
    }
}

#[tokio::test]
async fn what_trunk_serves_signs_in_through_its_proxy_and_calls() {
    scenario("trunk_serve", options(), async |cast| {
        let served = Serve::start(&cast.stack.url()).await?;
        let phone = cast.person("Tokyo", 440).await?;
        phone.browser.goto(&served.url).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.hears_itself(440.0).await
    })
    .await;
}

#[tokio::test]
async fn what_trunk_builds_signs_in_and_calls() {
    scenario("trunk_build", options(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        // Parts that a release build loads later.
        phone.opens_settings().await?;
        phone.sees(".device[data-current=true]").await?;
        phone.closes_settings().await?;
        phone.hears_itself(440.0).await
    })
    .await;
}
