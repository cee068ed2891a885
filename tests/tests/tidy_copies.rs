//! What stands in two folders is mended in one of them only. (Each engine's migrations are in its own words, and never mended.)

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const CRATES: [&str; 5] = ["shared", "frontend", "backend", "emulator", "tests"];
/// So many equal lines, one after the other, are no accident.
const MOST: usize = 10;

/// A text, by its file.
type Text = (PathBuf, String);

/// The places where so many lines stand that stand in another folder as well; white space does not count.
fn copies(texts: &[Text]) -> Vec<String> {
    let mut places: BTreeMap<Vec<&str>, Vec<(&Path, usize)>> = BTreeMap::new();
    for (file, text) in texts {
        let lines: Vec<_> =
            text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty()).collect();
        for run in lines.windows(MOST) {
            places.entry(run.iter().map(|(_, line)| *line).collect()).or_default().push((file, run[0].0 + 1));
        }
    }
    let apart =
        |places: &&Vec<(&Path, usize)>| places.iter().any(|(file, _)| file.parent() != places[0].0.parent());
    let word = |(file, line): &(&Path, usize)| format!("{}:{line}", file.display());
    places
        .values()
        .filter(apart)
        .map(|places| places.iter().map(word).collect::<Vec<_>>().join(" ~ "))
        .collect()
}

#[test]
fn no_ten_lines_stand_in_two_folders() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |krate: &str| e2e::sources::below(&root.join(krate), &["rs", "css", "js", "mjs", "html"]);
    let copies = copies(&CRATES.into_iter().flat_map(read).collect::<Vec<_>>());
    assert!(copies.is_empty(), "the same lines, in two folders:\n{}", copies.join("\n"));
}

#[test]
fn copies_are_seen_however_they_are_indented() {
    let lines: Vec<_> = (0..MOST).map(|line| format!("line {line}")).collect();
    let text = |file: &str, lines: &[String], between: &str| (PathBuf::from(file), lines.join(between));
    let here = text("a/one.rs", &lines, "\n");
    assert_eq!(copies(&[here.clone(), text("b/two.rs", &lines, "\n\n    ")]), ["a/one.rs:1 ~ b/two.rs:1"]);
    assert!(copies(&[here.clone(), text("a/two.rs", &lines, "\n")]).is_empty(), "one folder");
    assert!(copies(&[here, text("b/two.rs", &lines[1..], "\n")]).is_empty(), "fewer lines");
}
