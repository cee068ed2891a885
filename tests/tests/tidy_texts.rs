//! What the user reads comes from the message files, and nothing in them is left over.

use std::fs;
use std::path::{Path, PathBuf};

fn frontend() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend")
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    e2e::sources::below(&frontend().join(folder), &["rs"])
}

/// The literals of a line of Rust, without their quotes. Good enough for a line that rustfmt has laid out.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    let code = if line.trim_start().starts_with("//") { "" } else { line };
    code.split('"').skip(1).step_by(2)
}

/// A name is not for people, except as the text or the label of an element.
fn is_read_by_people(line: &str, literal: &str) -> bool {
    let has_letters = literal.chars().any(char::is_alphabetic);
    let capital =
        literal.starts_with(char::is_uppercase) && literal.chars().nth(1).is_some_and(char::is_lowercase);
    let sentence = capital && literal.contains(' ');
    let is = |before: &str, after: &str| line.contains(&format!("{before}\"{literal}\"{after}"));
    let element = is(">", "<") || line.trim() == format!("\"{literal}\"");
    let label =
        ["aria-label=", "aria-description=", "aria-roledescription=", "placeholder=", "title=", "alt="]
            .iter()
            .any(|attribute| is(attribute, ""));
    has_letters && literal != "Sidetone" && (sentence || element || label)
}

#[test]
fn every_text_comes_from_the_message_files() {
    let mut found = Vec::new();
    for (path, source) in sources("src/components").into_iter().chain(sources("src/state")) {
        for line in source.lines() {
            let texts = literals(line).filter(|literal| is_read_by_people(line, literal));
            found.extend(texts.map(|text| format!("{}: {text:?}", path.display())));
        }
    }
    assert!(found.is_empty(), "these belong into messages/*.toml:\n{}", found.join("\n"));
}

#[test]
fn texts_of_elements_and_labels_are_told_from_names() {
    for line in [
        "<h3>\"Passcode\"</h3>",
        "    \"Done\"",
        "aria-label=\"Close\"",
        "placeholder=\"Number\"",
        "error.set(\"It is lost\")",
    ] {
        assert!(literals(line).any(|literal| is_read_by_people(line, literal)), "{line}");
    }
    for line in [
        "// \"Done\"",
        "class=\"icon button\"",
        "<span class=\"logo-name\">\"Sidetone\"</span>",
        "placeholder=\"+81 50 3123 4567\"",
        "(\"Escape\", _) => {",
    ] {
        assert!(!literals(line).any(|literal| is_read_by_people(line, literal)), "{line}");
    }
}

#[test]
fn every_message_is_used() {
    let messages = fs::read_to_string(frontend().join("messages/en.toml")).expect("the English messages");
    // Says the words of the page without a server, and of the manifest.
    let app = fs::read_to_string(frontend().join("scripts/app.mjs")).expect("the script");
    let code: String = sources("src").into_iter().map(|(_, source)| source).collect();
    let mut table = String::new();
    let mut unused = Vec::new();
    for line in messages.lines() {
        let key = if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            table = name.to_owned();
            // A sub-table is one message.
            name.split_once('.')
        } else if table.contains('.') {
            None
        } else {
            line.split_once(" = ").map(|(key, _)| (table.as_str(), key))
        };
        let Some((table, key)) = key.filter(|key| *key != ("language", "name")) else { continue };
        // Called, or handed on by its name.
        let said = ["(", ")", ","].map(|next| format!("{table}::{key}{next}"));
        let used = said.iter().any(|said| code.contains(said))
            || (table == "install" && app.contains(&format!("text(tag, \"{key}\")")));
        if !used {
            unused.push(format!("{table}.{key}"));
        }
    }
    assert!(unused.is_empty(), "messages/en.toml: nobody says {}", unused.join(", "));
}
