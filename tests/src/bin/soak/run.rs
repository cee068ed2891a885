//! Runs one of them again and again.

use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tokio::process::Command;

use crate::properties::Property;

/// One run of a property test takes seconds. Beyond this it hangs.
const LONGEST_RUN: Duration = Duration::from_secs(600);
/// What is shown of a failure: its end says which case it was.
const LAST_LINES: usize = 40;

pub(crate) enum Outcome {
    Held {
        runs: usize,
        after: Duration,
    },
    Failed {
        /// What to do to see it again.
        how: String,
    },
}

/// The property test with one seed after the other; its own number of cases for each.
pub(crate) async fn property(property: &Property, length: Duration) -> Result<Outcome> {
    let begin = Instant::now();
    let mut runs = 0;
    loop {
        let seed = RandomState::new().hash_one(runs);
        let run = Command::new(&property.program)
            .args(["--exact", &property.test, "--test-threads", "1"])
            .current_dir(&property.folder)
            .env("PROPTEST_RNG_SEED", seed.to_string())
            .env("RUST_BACKTRACE", "0")
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .output();
        let shown = match tokio::time::timeout(LONGEST_RUN, run).await {
            Ok(output) => {
                let output = output.with_context(|| property.program.display().to_string())?;
                (!output.status.success()).then(|| last_lines(&String::from_utf8_lossy(&output.stdout)))
            }
            Err(_) => Some(format!("It has not ended after {} s.", LONGEST_RUN.as_secs())),
        };
        runs += 1;
        if let Some(shown) = shown {
            let (package, test) = (&property.package, &property.test);
            let how =
                format!("{shown}\nAgain: PROPTEST_RNG_SEED={seed} cargo test --package {package} {test}");
            return Ok(Outcome::Failed { how });
        }
        if begin.elapsed() >= length {
            return Ok(Outcome::Held { runs, after: begin.elapsed() });
        }
    }
}

fn last_lines(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    lines.get(lines.len().saturating_sub(LAST_LINES)..).unwrap_or_default().join("\n")
}

/// A fuzz target, by its own way: libFuzzer takes a new seed every time, and says where it has put a crash.
pub(crate) async fn fuzz(root: &Path, target: &str, length: Duration) -> Result<Outcome> {
    let begin = Instant::now();
    let status = Command::new("make")
        .args(["fuzz", &format!("FUZZ_TARGETS={target}"), &format!("FUZZ_SECONDS={}", length.as_secs())])
        .current_dir(root)
        .status()
        .await
        .context("make")?;
    Ok(if status.success() {
        Outcome::Held { runs: 1, after: begin.elapsed() }
    } else {
        Outcome::Failed { how: format!("Its input is in tests/fuzz/artifacts/{target}.") }
    })
}
