//! What builds on what: the folders' arrows are those of ARCHITECTURE.md, and files need each other where it says so.

#![expect(clippy::expect_used, reason = "in a test a panic is a report")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use e2e::modules::{Crate, Tests, circles};

const CRATES: [&str; 4] = ["shared", "frontend", "backend", "emulator"];
/// They hold a crate together.
const ROOTS: [&str; 2] = ["lib.rs", "main.rs"];

/// A row of the document: files and folders, and what is said of them.
type Row = (Vec<String>, Vec<String>);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What stands between backticks; `a/{b,c}.rs` is two.
fn words(cell: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in cell.split('`').skip(1).step_by(2) {
        match word.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
            Some((before, (inner, after))) => {
                words.extend(inner.split(',').map(|name| format!("{before}{name}{after}")));
            }
            None => words.push(word.to_owned()),
        }
    }
    words
}

/// The rows of all tables that have this column, each with what stands in it; the first column is files and folders.
fn rows(document: &str, column: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = None;
    for line in document.lines() {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        match at {
            _ if !line.starts_with('|') => at = None,
            None => at = cells.iter().position(|cell| *cell == column),
            Some(at) if !line.starts_with("|--") => rows.push((words(cells[1]), words(cells[at]))),
            Some(_) => {}
        }
    }
    assert!(!rows.is_empty(), "a table with the column {column}");
    rows
}

/// Every file, and which others it needs.
fn needs() -> BTreeMap<String, BTreeSet<String>> {
    let mut needs = BTreeMap::new();
    for name in CRATES {
        let src = root().join(name).join("src");
        let path = |file: &Path| format!("{name}/src/{}", file.display());
        for (file, on) in Crate::read(name, &src, Tests::Without).files() {
            needs.insert(path(&file), on.iter().map(|file| path(file)).collect());
        }
    }
    needs
}

/// Where a file stands: of a crate with layers, layer and folder.
fn place(file: &str) -> (String, String) {
    let depth = if file.starts_with("emulator/") { 3 } else { 2 };
    let mut parts: Vec<_> = file.split('/').collect();
    parts.truncate(depth + 1);
    let folder = parts.pop().unwrap_or_default().trim_end_matches(".rs").to_owned();
    (parts.join("/"), folder)
}

/// Whether a file is one of these, or in one of them.
fn among(file: &str, places: &[String]) -> bool {
    places
        .iter()
        .any(|place| file.strip_prefix(&**place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// What the sources do and the document does not say, and the other way round.
fn differences(rows: &[Row], needs: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut differences = BTreeSet::new();
    let mut unseen: BTreeSet<_> = rows
        .iter()
        .enumerate()
        .flat_map(|(row, (_, on))| on.iter().map(move |on| (row, on.clone())))
        .collect();
    for (file, on) in
        needs.iter().filter(|(file, _)| !ROOTS.iter().any(|root| file.ends_with(&format!("src/{root}"))))
    {
        let nearest = |(_, (places, _)): &(usize, &Row)| {
            places.iter().filter(|place| among(file, std::slice::from_ref(place))).map(String::len).max()
        };
        let row = rows.iter().enumerate().filter(|row| nearest(row).is_some()).max_by_key(nearest);
        let (layer, folder) = place(file);
        let Some((row, (places, said))) = row else {
            // Files between the folders of a layer are at everybody's service.
            if !file.starts_with("emulator/") {
                differences.insert(format!("{file} is in no row"));
            }
            continue;
        };
        for other in on {
            let (other_layer, other_folder) = place(other);
            let between_files = !rows.iter().any(|(places, _)| among(other, places));
            if other_layer != layer || other_folder == folder || among(other, places) || between_files {
                continue;
            }
            unseen.remove(&(row, other_folder.clone()));
            if !said.contains(&other_folder) {
                differences
                    .insert(format!("{file} needs {other}: no row says that it builds on `{other_folder}`"));
            }
        }
    }
    let unseen =
        unseen.into_iter().map(|(row, on)| format!("{} needs nothing of `{on}`", rows[row].0.join(", ")));
    differences.into_iter().chain(unseen).collect()
}

#[test]
fn folders_build_on_each_other_as_the_architecture_says() {
    let document = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the document");
    let differences = differences(&rows(&document, "Builds on"), &needs());
    assert!(differences.is_empty(), "ARCHITECTURE.md, Builds on:\n{}", differences.join("\n"));
}

#[test]
fn files_need_each_other_only_where_the_architecture_gives_a_reason() {
    let document = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the document");
    let said: BTreeSet<Vec<String>> = rows(&document, "Files that need each other")
        .into_iter()
        .map(|(mut files, _)| {
            files.sort_unstable();
            files
        })
        .collect();
    let found = circles(&needs());
    let new: Vec<_> = found.difference(&said).collect();
    assert!(new.is_empty(), "these need each other, and ARCHITECTURE.md gives no reason: {new:#?}");
    let mended: Vec<_> = said.difference(&found).collect();
    assert!(
        mended.is_empty(),
        "ARCHITECTURE.md says that these need each other, and they do not: {mended:#?}"
    );
}

/// What only the emulator's rim may use: sockets, threads, clocks, files, chance.
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
    "Uuid::new_v4",
    "Mutex",
    "now",
];

#[test]
fn the_emulators_core_names_neither_the_rim_nor_the_world() {
    let emulator = Crate::read("emulator", &root().join("emulator/src"), Tests::Without);
    let core: Vec<_> =
        emulator.modules().filter(|(name, _)| name.first().is_some_and(|first| first == "core")).collect();
    assert!(core.len() > 20, "the core is read");
    for (name, module) in core {
        for path in emulator.names(name) {
            let (file, path) = (module.file.display(), path.join("::"));
            assert!(!path.starts_with("crate::") || path.starts_with("crate::core"), "{file} names {path}");
            let of_the_world = |word: &&&str| format!("::{path}::").contains(&format!("::{word}::"));
            let used = WORLD.iter().find(of_the_world);
            assert!(used.is_none(), "{file} uses {path}");
        }
    }
}

#[test]
fn no_circle_of_the_emulators_folders() {
    let mut folders: BTreeMap<(String, String), BTreeSet<(String, String)>> = BTreeMap::new();
    for (file, on) in needs().into_iter().filter(|(file, _)| file.starts_with("emulator/")) {
        let own = place(&file);
        folders
            .entry(own.clone())
            .or_default()
            .extend(on.iter().map(|file| place(file)).filter(|other| *other != own));
    }
    let circles = circles(&folders);
    assert!(circles.is_empty(), "{circles:#?}");
}

fn crate_of(files: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let needs = Crate::read("house", folder.path(), Tests::Without).files();
    let word = |file: &PathBuf| file.display().to_string();
    needs.iter().map(|(file, on)| (word(file), on.iter().map(word).collect())).collect()
}

#[test]
fn what_is_passed_on_is_found_where_it_stands() {
    let needs = crate_of(&[
        ("lib.rs", "pub mod a; mod b; mod c; #[cfg(test)] mod only_tests; pub use a::Deep;"),
        ("a/mod.rs", "mod deep; pub mod wide; pub use deep::{Deep as Deeper, Deep};"),
        ("a/deep.rs", "pub struct Deep; #[cfg(test)] mod tests { use crate::b::B; }"),
        ("a/wide.rs", "use super::Deep; #[cfg(test)] use crate::b::B; pub fn wide(_: Deep) {}"),
        ("b.rs", "use house::a::{self, Deeper as D}; pub struct B; fn f() { a::wide::wide(D) }"),
        ("c.rs", "pub use crate::b::B; mod inner { use super::super::a::*; fn f(_: &'static str) {} }"),
        ("only_tests.rs", "use crate::b::B;"),
    ]);
    let of = |file: &str| needs[file].iter().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(of("a/mod.rs"), "", "it only passes on");
    assert_eq!(of("a/deep.rs"), "", "tests need what they want");
    assert_eq!(of("a/wide.rs"), "a/deep.rs");
    assert_eq!(of("b.rs"), "a/deep.rs a/wide.rs");
    assert_eq!(of("c.rs"), "a/mod.rs");
    assert!(!needs.contains_key("only_tests.rs"));
}

#[test]
fn arrows_that_are_not_said_and_circles_are_seen() {
    let needs = BTreeMap::from([
        ("backend/src/a/x.rs".to_owned(), BTreeSet::from(["backend/src/b.rs".to_owned()])),
        ("backend/src/b.rs".to_owned(), BTreeSet::from(["backend/src/a/x.rs".to_owned()])),
        ("backend/src/a/wired.rs".to_owned(), BTreeSet::from(["backend/src/b.rs".to_owned()])),
        ("backend/src/c.rs".to_owned(), BTreeSet::new()),
    ]);
    let table = "| Where | What | Builds on |\n|---|---|---|\n| `backend/src/a` | | `c` |\n| `backend/src/{b,d}.rs` | | `a` |\n\
                 | `backend/src/a/wired.rs` | | `b` |\n\n| `backend/src/c.rs` | | |";
    assert_eq!(
        differences(&rows(table, "Builds on"), &needs),
        [
            "backend/src/a/x.rs needs backend/src/b.rs: no row says that it builds on `b`",
            "backend/src/c.rs is in no row",
            "backend/src/a needs nothing of `c`",
        ]
    );
    assert_eq!(
        circles(&needs),
        BTreeSet::from([vec!["backend/src/a/x.rs".to_owned(), "backend/src/b.rs".to_owned()]])
    );
}
