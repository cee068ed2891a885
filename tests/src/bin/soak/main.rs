//! `make soak`: every property test and every fuzz target with new random numbers, each for as long as it is told.
//!
//! `soak SECONDS [WORD...]`: with words, only those whose name contains one. Whatever fails is told with its seed, and the
//! others go on; in the end the program fails if anything did.

mod properties;
mod run;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::run::Outcome;

/// One thing that can be run with other random numbers every time.
enum Target {
    Property(properties::Property),
    Fuzz(String),
}

impl Target {
    fn name(&self) -> String {
        match self {
            Self::Property(property) => format!("{} {}", property.package, property.test),
            Self::Fuzz(target) => format!("fuzz {target}"),
        }
    }
}

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
async fn main() -> Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().context("soak SECONDS [WORD...]")?;
    let seconds: u64 = seconds.parse().with_context(|| format!("not a number of seconds: {seconds}"))?;
    let words: Vec<String> = arguments.collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");

    let mut targets: Vec<Target> = properties::all(&root)?.into_iter().map(Target::Property).collect();
    targets.extend(fuzz_targets(&root)?.into_iter().map(Target::Fuzz));
    if !words.is_empty() {
        targets.retain(|target| words.iter().any(|word| target.name().contains(word)));
    }
    ensure!(!targets.is_empty(), "nothing has such a name: {}", words.join(" "));
    println!("{} to run, {seconds} s each", targets.len());

    let mut failed = Vec::new();
    for target in targets {
        let name = target.name();
        let length = Duration::from_secs(seconds);
        let outcome = match &target {
            Target::Property(property) => run::property(property, length).await?,
            Target::Fuzz(target) => run::fuzz(&root, target, length).await?,
        };
        match outcome {
            Outcome::Held { runs, after } => {
                println!("held    {name}: {runs} seeds in {} s", after.as_secs())
            }
            Outcome::Failed { how } => {
                println!("FAILED  {name}\n{how}");
                failed.push(name);
            }
        }
    }
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "\nFailed: {}. Keep each case: as a test of its own, or by the file that was written into proptest-regressions; \
         an input of tests/fuzz/artifacts goes to tests/fuzz/corpus.",
        failed.join(", ")
    );
    Ok(ExitCode::FAILURE)
}

fn fuzz_targets(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("tests/fuzz/fuzz_targets");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        names.extend(path.file_stem().and_then(|name| name.to_str()).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}
