//! What the frontend's pure folders name, by their paths as the compiler resolves them. Whatever has no browser in it compiles
//! without one; that it has no text in it, only this knows.

use std::path::Path;

use e2e::modules::{Crate, Names, Tests};

/// A folder of `frontend/src`, and what it may name of the crate and of other crates.
const MAY_NAME: [(&str, &[&str], &[&str]); 2] = [
    ("model", &["model"], &["std", "core", "shared", "serde", "postcard", "proptest", "prop"]),
    ("messages", &["messages", "model", "text"], &["std", "core", "shared"]),
];

/// What a module names and may not.
fn foreign(whole: &Crate, module: &Names, own: &[&str], others: &[&str]) -> Vec<String> {
    let names = whole.names(module).into_iter().filter(|path| path[0] == "crate");
    let outside = names.filter(|path| !path.get(1).is_some_and(|first| own.contains(&&**first)));
    // What begins with a capital is an enum that came by another import.
    let is_known = |name: &String| others.contains(&&**name) || name.starts_with(char::is_uppercase);
    let strange = whole.foreign(module).into_iter().filter(|name| !is_known(name));
    outside.map(|path| path.join("::")).chain(strange).collect()
}

#[test]
fn the_pure_folders_name_only_what_they_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend/src");
    let whole = Crate::read("frontend", &root, Tests::With);
    for (folder, own, others) in MAY_NAME {
        let modules: Vec<_> =
            whole.modules().filter(|(name, _)| name.first().is_some_and(|first| first == folder)).collect();
        assert!(modules.len() > 5, "{folder} is read");
        for (name, module) in modules {
            let foreign = foreign(&whole, name, own, others);
            assert!(foreign.is_empty(), "{} names {}", module.file.display(), foreign.join(", "));
        }
    }
}

#[test]
fn a_path_is_resolved_however_it_is_written() {
    let seen = |source: &str| {
        let whole = Crate::of("frontend", &["model", "call", "machine"], source);
        let of = |(name, _)| foreign(&whole, name, &["model"], &["std", "shared"]);
        whole.modules().flat_map(of).collect::<Vec<_>>().join(" ")
    };
    for (source, found) in [
        ("use crate::text;", "crate::text"),
        ("use crate::{model::Call, text::{self, Language}};", "crate::text crate::text::Language"),
        ("use super::super::super::text as words;", "crate::text"),
        ("pub(crate) use super::super::super::{browser::clock, model};", "crate::browser::clock"),
        ("fn f() -> &'static str { crate::text::call::mute() }", "crate::text::call::mute"),
        ("fn f() { assert!(super::super::super::state::f(), \"{}\", 1) }", "crate::state::f"),
        ("mod inner { use super::super::super::super::text; }", "crate::text"),
        ("use crate::*;", "crate"),
        ("use leptos::prelude::*;", "leptos"),
        ("use web_sys::{Window, console};", "web_sys"),
        ("// use crate::text;\n/// [`crate::text`]\nconst A: &str = \"crate::text\";", ""),
        ("mod keys; pub use keys::KEY_MS; use Phase::*; use shared::{Key, api::FarEnd};", ""),
        ("use super::{Call, Leg}; use crate::model::quality::{self, Meter};", ""),
        ("fn f<'text>(text: &'text str) { self::g::<crate::model::Call>(text) }", ""),
    ] {
        assert_eq!(seen(source), found, "{source}");
    }
}
