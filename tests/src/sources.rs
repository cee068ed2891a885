//! The project's own files, for the rules that a compiler does not know.

use std::fs;
use std::path::{Path, PathBuf};

/// What is fetched or built.
const NOT_OURS: [&str; 3] = ["node_modules", "target", ".venv"];

/// The files below a folder with one of these endings, and their texts.
#[must_use]
pub fn below(folder: &Path, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    collect(folder, endings, &mut found);
    assert!(!found.is_empty(), "no files in {}", folder.display());
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            if !NOT_OURS.iter().any(|name| entry.ends_with(name)) {
                collect(&entry, endings, found);
            }
        } else if entry.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
            let text = fs::read_to_string(&entry).expect("UTF-8");
            found.push((entry, text));
        }
    }
}
