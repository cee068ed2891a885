use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use shared::api::paths;
use tokio::process::Command;

const LIGHTHOUSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/lighthouse/node_modules/.bin/lighthouse");

/// A microphone, and leave to use it, as a phone has them.
const CHROMIUM: &str = "--headless=new --no-sandbox --disable-gpu --use-fake-device-for-media-stream \
    --use-fake-ui-for-media-stream";

/// What Lighthouse pretends the browser to run on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Device {
    /// 10 Mbit/s and this machine's processor.
    Desktop,
    /// 1.6 Mbit/s and a processor four times as slow.
    Mobile,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Page {
    SignIn,
    Phone,
}

/// Out of 100, and the times behind the first.
#[derive(Clone, Debug)]
pub(crate) struct Scores {
    pub(crate) performance: u32,
    pub(crate) accessibility: u32,
    pub(crate) best_practices: u32,
    pub(crate) first_paint_ms: f64,
    pub(crate) largest_paint_ms: f64,
    pub(crate) blocked_ms: f64,
    pub(crate) layout_shift: f64,
}

impl Scores {
    /// The run whose performance is in the middle.
    pub(crate) fn median(mut runs: Vec<Self>) -> Option<Self> {
        runs.sort_by_key(|scores| scores.performance);
        runs.get(runs.len() / 2).cloned()
    }

    pub(crate) fn satisfy(&self, device: Device) -> bool {
        let fast = device == Device::Mobile || self.performance >= 95;
        fast && self.accessibility == 100 && self.best_practices == 100
    }
}

/// How often a measurement is begun that a busy machine lets fail: the trace has no beginning then, or no end.
const STARTS: usize = 5;

/// Runs Lighthouse in a browser of its own; with the cookie of a session, on the phone page.
pub(crate) async fn measure(url: &str, device: Device, cookie: Option<&str>) -> Result<Scores> {
    let mut failed = None;
    for _ in 0..STARTS {
        match try_to_measure(url, device, cookie).await {
            Ok(scores) => return Ok(scores),
            Err(error) => failed = Some(error),
        }
    }
    Err(failed.context("nothing was tried")?)
}

async fn try_to_measure(url: &str, device: Device, cookie: Option<&str>) -> Result<Scores> {
    let mut lighthouse = Command::new(LIGHTHOUSE);
    lighthouse
        .args([url, "--quiet", "--output=json", "--only-categories=performance,accessibility,best-practices"])
        .arg(format!("--chrome-flags={CHROMIUM}"));
    if device == Device::Desktop {
        lighthouse.arg("--preset=desktop");
    }
    if let Some(cookie) = cookie {
        lighthouse.arg(format!("--extra-headers={}", json!({ "Cookie": cookie })));
    }
    let output = lighthouse.stdin(Stdio::null()).output().await.context("run `make lighthouse`")?;
    ensure!(output.status.success(), "Lighthouse failed: {}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout)?;
    let asked = report["audits"]["network-requests"]["details"]["items"].as_array().context("no requests")?;
    let has_token =
        asked.iter().any(|item| item["url"].as_str().is_some_and(|url| url.ends_with(paths::TOKEN)));
    ensure!(has_token == cookie.is_some(), "this is not the page that was to be measured");
    scores(&report)
}

fn scores(report: &Value) -> Result<Scores> {
    let score = |name: &str| -> Result<u32> {
        let score = report["categories"][name]["score"].as_f64().with_context(|| format!("no {name}"))?;
        Ok((score * 100.0).round() as u32)
    };
    let figure = |name: &str| -> Result<f64> {
        report["audits"][name]["numericValue"].as_f64().with_context(|| format!("no {name}"))
    };
    Ok(Scores {
        performance: score("performance")?,
        accessibility: score("accessibility")?,
        best_practices: score("best-practices")?,
        first_paint_ms: figure("first-contentful-paint")?,
        largest_paint_ms: figure("largest-contentful-paint")?,
        blocked_ms: figure("total-blocking-time")?,
        layout_shift: figure("cumulative-layout-shift")?,
    })
}
