//! The core never names the rim, touches nothing of the world, and its folders build on each other as ARCHITECTURE says.

#![expect(clippy::expect_used, reason = "in a test a panic is a report")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What only the rim may use: sockets, threads, clocks, files, chance.
const WORLD: [&str; 16] = [
    "actix_web",
    "actix_ws",
    "reqwest",
    "tokio",
    "futures_util",
    "getrandom",
    "if_addrs",
    "std::thread",
    "std::fs",
    "std::env",
    "UdpSocket",
    "TcpListener",
    "TcpStream",
    "Uuid::new",
    "Mutex",
    "::now()",
];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// A module's path below the crate, and its text without comments and tests.
type Module = (Vec<String>, String);

fn modules(layer: &str) -> Vec<Module> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                walk(&entry, found);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                found.push(entry);
            }
        }
    }
    let mut found = Vec::new();
    walk(&src().join(layer), &mut found);
    let name = |path: &Path| {
        let inside = path.strip_prefix(src()).expect("below src").with_extension("");
        inside.iter().map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>()
    };
    let mut modules = Vec::new();
    for path in found {
        let mut name = name(&path);
        if name.iter().any(|part| part == "tests") {
            continue;
        }
        if name.last().is_some_and(|last| last == "mod") {
            name.pop();
        }
        let text = fs::read_to_string(&path).expect("UTF-8");
        modules.push((name, code(&text)));
    }
    assert!(modules.len() > 20, "{layer} is read");
    modules
}

/// Without comments, and without the tests that end a file.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Every path into the crate that a module names, from the crate down: those of `use` trees and those within the code.
fn named((here, text): &Module) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let mut left = text.as_str();
    let starts = ["crate::", "super::", "self::"];
    while let Some(at) = starts.iter().filter_map(|start| left.find(start)).min() {
        let (before, path) = left.split_at(at);
        let within_a_word = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':'));
        left = match within_a_word {
            true => path.get(1..).unwrap_or_default(),
            false => tree(path, here, &mut found),
        };
    }
    found
}

/// Reads one tree of paths, such as `super::{a::b, c::{self, d}}`, and returns what follows it.
fn tree<'a>(mut text: &'a str, base: &[String], found: &mut BTreeSet<Vec<String>>) -> &'a str {
    let mut path = base.to_vec();
    loop {
        let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        match word {
            "crate" => path.clear(),
            "super" => drop(path.pop()),
            "self" | "" => {}
            word => path.push(word.to_owned()),
        }
        let Some(next) = rest.strip_prefix("::") else {
            found.insert(path);
            return rest;
        };
        text = next;
        if let Some(mut inner) = text.strip_prefix('{') {
            loop {
                inner = inner.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
                match inner.strip_prefix('}') {
                    Some(after) => return after,
                    None if inner.is_empty() => return inner,
                    None => {
                        let rest = tree(inner, &path, found);
                        // `a as b`, and whatever else is no path
                        let next = rest.find([',', '}']).unwrap_or(rest.len());
                        inner = rest.get(next..).unwrap_or_default();
                    }
                }
            }
        }
    }
}

#[test]
fn the_core_does_not_name_the_rim() {
    for module in modules("core") {
        for path in named(&module) {
            let inside = path.first().is_none_or(|first| first == "core");
            assert!(inside, "{} names {}", module.0.join("::"), path.join("::"));
        }
    }
}

#[test]
fn the_core_touches_nothing_of_the_world() {
    for (name, text) in modules("core") {
        for word in WORLD {
            assert!(!text.contains(word), "{} uses {word}", name.join("::"));
        }
    }
}

/// The folders of both layers, and which others of its layer each names.
fn folders() -> BTreeMap<String, BTreeSet<String>> {
    let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let is_folder = |path: &[String]| match path {
        [layer, folder, ..] => src().join(layer).join(folder).is_dir(),
        _ => false,
    };
    for layer in ["core", "rim"] {
        for module in modules(layer).into_iter().filter(|(name, _)| is_folder(name)) {
            let own = folders.entry(format!("{layer}/{}", module.0[1])).or_default();
            for path in named(&module) {
                if is_folder(&path) && path[0] == layer && path[1] != module.0[1] {
                    own.insert(path[1].clone());
                }
            }
        }
    }
    folders
}

#[test]
fn folders_build_on_each_other_as_the_architecture_says() {
    let text = fs::read_to_string(src().join("../../ARCHITECTURE.md")).expect("the document");
    let mut said = BTreeMap::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("| `emulator/src/")) {
        let cells: Vec<&str> = line.split('|').collect();
        let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let folder = cells[0].split('`').next().unwrap_or_default();
        said.insert(folder.to_owned(), words(cells[2]));
    }
    assert_eq!(said, folders(), "left: what ARCHITECTURE.md says, right: what the sources do");
}

#[test]
fn no_circle_of_folders() {
    let mut left = folders();
    while !left.is_empty() {
        let before = left.len();
        let all: BTreeSet<String> = left.keys().cloned().collect();
        let waits = |folder: &str, on: &BTreeSet<String>| {
            let layer = folder.split('/').next().unwrap_or_default();
            on.iter().any(|other| all.contains(&format!("{layer}/{other}")))
        };
        left.retain(|folder, on| waits(folder, on));
        assert!(left.len() < before, "a circle among {left:#?}");
    }
}

#[test]
fn a_path_is_found_however_it_is_written() {
    let here = vec!["core".to_owned(), "call".to_owned(), "leg".to_owned()];
    let text = "use super::{super::media::{self, Sound as Noise}, script::*};\nuse crate::{core::Ids, rim::link};\n\
                fn f(x: crate::rim::Phone) -> super::super::super::rim::X { Self::new() } // crate::comment";
    let found: Vec<String> = named(&(here, code(text))).iter().map(|path| path.join("::")).collect();
    let expected = [
        "core::Ids",
        "core::call::script",
        "core::media",
        "core::media::Sound",
        "rim::Phone",
        "rim::X",
        "rim::link",
    ];
    assert_eq!(found, expected);
}
