//! `make fresh`: how long it takes from a fresh clone to the demo's banner, with nothing there but Rust, Node and a C compiler: no
//! crates, no packages, no tools. Writes it into the README, and fails where it is more than was asked for.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const AT_MOST: Duration = Duration::from_secs(7 * 60);
/// The last line of the banner.
const BANNER: &str = "Ctrl-C stops it.";
/// How the Makefile starts the line that names a step.
const STEP: &str = "==> ";

/// A step, and when it was begun. Some go on side by side.
type Step = (String, Duration);

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn main() -> Result<()> {
    println!("{}", busy());
    let folder = tempfile::tempdir()?;
    let clone = folder.path().join("sidetone");
    let status =
        Command::new("git").args(["clone", "--quiet", "--no-hardlinks", ROOT]).arg(&clone).status()?;
    ensure!(status.success(), "git cannot clone {ROOT}");
    let mut make = start(&clone, folder.path())?;
    let followed = follow(&mut make);
    // All that it started: it has a process group of its own.
    let group = format!("-{}", make.id());
    Command::new("kill").args(["-INT", "--", &group]).status()?;
    make.wait()?;
    let (steps, all) = followed?;
    let table = table(&steps, all);
    println!("{table}");
    e2e::readme::write("fresh", &table)?;
    ensure!(all <= AT_MOST, "more than {}", minutes(AT_MOST));
    Ok(())
}

/// What else there is to do makes all figures worthless.
fn busy() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!("Load of this machine before: {}", load.split(' ').next().unwrap_or("unknown"))
}

fn start(clone: &Path, folder: &Path) -> Result<Child> {
    let port = e2e::installation::Installation::free_port()?;
    Command::new("make")
        .args(["run", &format!("ARGS=--port {port}")])
        .current_dir(clone)
        .env("CARGO_HOME", folder.join("cargo"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("npm_config_cache", folder.join("npm"))
        .env_remove("CARGO_TARGET_DIR")
        // of the cargo that runs this
        .env_remove("CARGO")
        .env_remove("CARGO_MANIFEST_DIR")
        // of the make that runs this
        .env_remove("MAKEFLAGS")
        .env_remove("MAKELEVEL")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .process_group(0)
        .spawn()
        .context("make does not start")
}

/// What was begun when, and when the banner came.
#[expect(clippy::print_stdout, reason = "it takes minutes, and is watched")]
fn follow(make: &mut Child) -> Result<(Vec<Step>, Duration)> {
    let mut steps = Vec::new();
    let start = Instant::now();
    for line in BufReader::new(make.stdout.take().context("no output")?).lines() {
        let line = line?;
        println!("{line}");
        if let Some((_, step)) = line.split_once(STEP) {
            steps.push((step.trim_end_matches("\u{1b}[0m").to_owned(), start.elapsed()));
        }
        if line.contains(BANNER) {
            return Ok((steps, start.elapsed()));
        }
    }
    anyhow::bail!("`make run` ended before its banner")
}

fn table(steps: &[Step], all: Duration) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let mut lines = vec![format!("| A fresh clone, {cores} cores | after, minutes |"), "|---|--:|".into()];
    lines.extend(steps.iter().map(|(step, begun)| format!("| {step} | {} |", minutes(*begun))));
    lines.push(format!("| **the demo's banner, of at most {}** | **{}** |", minutes(AT_MOST), minutes(all)));
    lines.join("\n")
}

fn minutes(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}
