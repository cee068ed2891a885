//! What the frontend's pure folders name, by their paths as the compiler resolves them. Whatever has no browser in it compiles
//! without one; that it has no text in it, only this knows.

#![expect(clippy::expect_used, reason = "in a test a panic is a report")]

use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A folder of `frontend/src`, and what it may name of the crate and of other crates.
const MAY_NAME: [(&str, &[&str], &[&str]); 2] = [
    ("model", &["model"], &["std", "core", "shared", "serde", "postcard", "proptest", "prop"]),
    ("messages", &["messages", "model", "text"], &["std", "core", "shared"]),
];

/// `model/call/machine.rs` is `model::call::machine`, `model/mod.rs` is `model`.
fn module_of(file: &Path) -> Vec<String> {
    let mut parts: Vec<_> = file
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts
}

/// What the paths of a file mean.
#[derive(Default)]
struct Named {
    /// From the crate's root.
    own: Vec<Vec<String>>,
    /// The first part of what is imported from elsewhere: a crate, or something that the file itself declares.
    other: Vec<String>,
    /// Modules that the file declares.
    modules: Vec<String>,
}

impl Named {
    fn of(source: &str, module: &[String]) -> Self {
        let mut named = Self::default();
        named.walk(source.parse().expect("Rust"), module);
        named
    }

    fn walk(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut rest = &tokens[..];
        while let [first, after @ ..] = rest {
            rest = after;
            match (word(first).as_deref(), after) {
                (Some("use"), _) => {
                    let end = after.iter().position(|token| is_sign(token, ';')).unwrap_or(after.len());
                    self.tree(&after[..end], &[], module);
                    rest = &after[end..];
                }
                (Some("mod"), [name, TokenTree::Group(body), ..]) => {
                    let name = word(name).expect("a module's name");
                    self.walk(body.stream(), &[module, &[name]].concat());
                    rest = &after[2..];
                }
                (Some("mod"), [name, ..]) => self.modules.extend(word(name)),
                (Some("crate" | "super" | "self"), [colon, ..]) if is_sign(colon, ':') => {
                    let mut path: Vec<_> = word(first).into_iter().collect();
                    while let [one, two, name, after @ ..] = rest
                        && is_sign(one, ':')
                        && is_sign(two, ':')
                        && let Some(name) = word(name)
                    {
                        path.push(name);
                        rest = after;
                    }
                    self.note(&path, module);
                }
                _ => {
                    if let TokenTree::Group(group) = first {
                        self.walk(group.stream(), module);
                    }
                }
            }
        }
    }

    /// What stands behind `use`.
    fn tree(&mut self, tokens: &[TokenTree], before: &[String], module: &[String]) {
        for branch in tokens.split(|token| is_sign(token, ',')) {
            let mut path = before.to_vec();
            let mut open = !branch.is_empty();
            for token in branch {
                match (word(token), token) {
                    (Some(name), _) if name == "as" => break,
                    (Some(name), _) if name == "self" && !path.is_empty() => {}
                    (Some(name), _) => path.push(name),
                    (None, TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                        self.tree(&group.stream().into_iter().collect::<Vec<_>>(), &path, module);
                        open = false;
                    }
                    _ => {}
                }
            }
            if open {
                self.note(&path, module);
            }
        }
    }

    fn note(&mut self, path: &[String], module: &[String]) {
        let mut place = module.to_vec();
        let mut rest = path;
        while let [first, after @ ..] = rest {
            match first.as_str() {
                "crate" => place.clear(),
                "super" => drop(place.pop()),
                "self" => {}
                _ if rest.len() == path.len() => return self.other.push(first.clone()),
                _ => break,
            }
            rest = after;
        }
        self.own.push([&place[..], rest].concat());
    }
}

fn word(token: &TokenTree) -> Option<String> {
    if let TokenTree::Ident(ident) = token { Some(ident.to_string()) } else { None }
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// What a file in `folder` names and may not.
fn foreign(file: &Path, source: &str, own: &[&str], others: &[&str]) -> Vec<String> {
    let named = Named::of(source, &module_of(file));
    let outside = named.own.iter().filter(|path| !path.first().is_some_and(|first| own.contains(&&**first)));
    let is_known = |name: &String| {
        // What begins with a capital is an enum of the file itself.
        others.contains(&&**name) || named.modules.contains(name) || name.starts_with(char::is_uppercase)
    };
    let strange = named.other.iter().filter(|name| !is_known(name)).cloned();
    outside.map(|path| format!("crate::{}", path.join("::"))).chain(strange).collect()
}

#[test]
fn the_pure_folders_name_only_what_they_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend/src");
    for (folder, own, others) in MAY_NAME {
        for (path, source) in e2e::sources::below(&root.join(folder), &["rs"]) {
            let file = path.strip_prefix(&root).expect("a file of the frontend");
            let foreign = foreign(file, &source, own, others);
            assert!(foreign.is_empty(), "{} names {}", file.display(), foreign.join(", "));
        }
    }
}

#[test]
fn a_path_is_resolved_however_it_is_written() {
    let file = Path::new("model/call/machine.rs");
    let seen = |source: &str| foreign(file, source, &["model"], &["std", "shared"]).join(" ");
    for (source, found) in [
        ("use crate::text;", "crate::text"),
        ("use crate::{model::Call, text::{self, Language}};", "crate::text crate::text::Language"),
        ("use super::super::super::text as words;", "crate::text"),
        ("pub(crate) use super::super::super::{browser::clock, model};", "crate::browser::clock"),
        ("fn f() -> &'static str { crate::text::call::mute() }", "crate::text::call::mute"),
        ("fn f() { assert!(super::super::super::state::f(), \"{}\", 1) }", "crate::state::f"),
        ("mod inner { use super::super::super::super::text; }", "crate::text"),
        ("use crate::*;", "crate::"),
        ("use leptos::prelude::*;", "leptos"),
        ("use web_sys::{Window, console};", "web_sys web_sys"),
        ("// use crate::text;\n/// [`crate::text`]\nconst A: &str = \"crate::text\";", ""),
        ("mod keys; pub use keys::KEY_MS; use Phase::*; use shared::{Key, api::FarEnd};", ""),
        ("use super::{Call, Leg}; use crate::model::quality::{self, Meter};", ""),
        ("fn f<'text>(text: &'text str) { self::g::<crate::model::Call>(text) }", ""),
    ] {
        assert_eq!(seen(source), found, "{source}");
    }
}
