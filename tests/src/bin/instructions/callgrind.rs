//! Callgrind (<https://valgrind.org/docs/manual/cl-manual.html>) around this same program.

use std::collections::BTreeMap;
use std::path::Path as File;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::kept::{Cost, MOST_FUNCTIONS};
use crate::site::Path;

/// What comes before the first request, and with it, is in both counts, and not in their difference.
const FEW: u64 = 20;
const MANY: u64 = 120;

/// By function, without what it calls.
type Counts = BTreeMap<String, u64>;

pub(crate) fn count(path: Path) -> Result<Cost> {
    let (few, many) = (run(path, FEW)?, run(path, MANY)?);
    let each =
        |name: &String, count: &u64| count.saturating_sub(few.get(name).copied().unwrap_or(0)) / (MANY - FEW);
    let mut functions: Vec<_> = many.iter().map(|(name, count)| (name.clone(), each(name, count))).collect();
    let all = |counts: &Counts| counts.values().sum::<u64>();
    let request = all(&many).saturating_sub(all(&few)) / (MANY - FEW);
    functions.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    functions.truncate(MOST_FUNCTIONS);
    Ok(Cost { request, functions: functions.into_iter().collect() })
}

fn run(path: Path, times: u64) -> Result<Counts> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("callgrind.out");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--quiet", "--tool=callgrind"]).arg(format!("--callgrind-out-file={}", file.display()));
    valgrind.arg(std::env::current_exe()?).args(["ask", &path.to_string(), &times.to_string()]);
    let status = valgrind.status().context("valgrind does not start; `make instructions` installs it")?;
    ensure!(status.success(), "{path} failed under valgrind: {status}");
    annotated(&file)
}

fn annotated(file: &File) -> Result<Counts> {
    let mut annotate = Command::new("callgrind_annotate");
    let told = annotate.args(["--threshold=100", "--auto=no", "--show-percs=no"]).arg(file).output()?;
    ensure!(told.status.success(), "callgrind_annotate: {}", String::from_utf8_lossy(&told.stderr));
    let mut counts = Counts::new();
    for line in String::from_utf8_lossy(&told.stdout).lines() {
        if let Some((function, count)) = function(line) {
            *counts.entry(function).or_default() += count;
        }
    }
    ensure!(!counts.is_empty(), "callgrind_annotate told of no function");
    Ok(counts)
}

/// Of a line such as `12,345  src/lib.rs:crate::function'2 [program]`.
fn function(line: &str) -> Option<(String, u64)> {
    let (count, rest) = line.trim().split_once(' ')?;
    let count = count.replace(',', "").parse().ok()?;
    let (_, name) = rest.trim().split_once(':')?;
    let name = name.split(" [").next()?;
    Some((name.to_owned(), count))
}
