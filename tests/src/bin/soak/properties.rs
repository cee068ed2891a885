//! Which property tests there are: what stands in a `proptest!` of a crate's source, and its test program lists.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// A property test, and the program that runs it.
pub(crate) struct Property {
    pub(crate) package: String,
    /// Its folder; cargo runs the tests of a package there.
    pub(crate) folder: PathBuf,
    pub(crate) program: PathBuf,
    /// With its modules.
    pub(crate) test: String,
}

/// All of the workspace. Builds the test programs.
pub(crate) fn all(root: &Path) -> Result<Vec<Property>> {
    let mut found = Vec::new();
    for program in programs(root)? {
        let names = names_below(&program.folder)?;
        if names.is_empty() {
            continue;
        }
        let listed = Command::new(&program.path).args(["--list", "--format", "terse"]).output()?;
        ensure!(listed.status.success(), "{} does not list its tests", program.path.display());
        for test in
            String::from_utf8_lossy(&listed.stdout).lines().filter_map(|line| line.strip_suffix(": test"))
        {
            if test.rsplit("::").next().is_some_and(|name| names.contains(name)) {
                found.push(Property {
                    package: program.package.clone(),
                    folder: program.folder.clone(),
                    program: program.path.clone(),
                    test: test.to_owned(),
                });
            }
        }
    }
    Ok(found)
}

struct Program {
    package: String,
    folder: PathBuf,
    path: PathBuf,
}

fn programs(root: &Path) -> Result<Vec<Program>> {
    let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["test", "--workspace", "--exclude", "e2e", "--no-run", "--message-format", "json"])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(built.status.success(), "the tests do not compile");
    let mut programs = Vec::new();
    for line in String::from_utf8_lossy(&built.stdout).lines() {
        let said: Value = serde_json::from_str(line)?;
        let Some(path) = said["executable"].as_str().filter(|_| said["profile"]["test"] == true) else {
            continue;
        };
        let manifest = Path::new(said["manifest_path"].as_str().context("a program without a manifest")?);
        let folder = manifest.parent().context("a manifest without a folder")?;
        let package = folder.file_name().context("a folder without a name")?.to_string_lossy().into_owned();
        programs.push(Program { package, folder: folder.to_owned(), path: path.into() });
    }
    Ok(programs)
}

/// Names of the functions in every `proptest!` below a folder.
fn names_below(folder: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("target") {
            names.append(&mut names_below(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            names.extend(names_in(&std::fs::read_to_string(&path)?));
        }
    }
    Ok(names)
}

/// A `proptest!` ends with a brace that is indented as its own line is.
fn names_in(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut end = None;
    for line in source.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        if line.trim_start().starts_with("proptest! {") {
            end = Some(format!("{indent}}}"));
        } else if end.as_deref() == Some(line) {
            end = None;
        } else if end.is_some()
            && let Some((name, _)) =
                line.trim_start().strip_prefix("fn ").and_then(|rest| rest.split_once('('))
        {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_proptest_is_found() {
        let source = "fn no() {}\nmod tests {\n    proptest! {\n        #[test]\n        fn first(a in any::<u8>()) {\n        \
                      }\n\n        #[test]\n        fn second(\n            a in any::<u8>(),\n        ) {}\n    }\n\n    \
                      fn neither() {}\n}\n";
        assert_eq!(names_in(source), ["first", "second"]);
    }
}
