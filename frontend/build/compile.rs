//! Checks every language against English and writes what the crate and the page need.

use std::error::Error;
use std::fmt::Write;

use crate::catalog::{Catalog, Message, Text};
use crate::language::{ALL_FORMS, is_right_to_left, plural_forms};

/// The number that a plural message is chosen by.
const COUNT: &str = "count";
/// Own name of a language, in every file.
const NAME: (&str, &str) = ("language", "name");

pub(crate) struct Compiled {
    /// What `crate::text` includes.
    pub(crate) rust: String,
    /// Tag and content of every language's file: an array of texts, the first of which is the fingerprint.
    pub(crate) files: Vec<(String, String)>,
}

/// `english` says which messages there are and in which order their placeholders are handed over.
pub(crate) fn compile(english: &Catalog, others: &[Catalog]) -> Result<Compiled, Box<dyn Error>> {
    let faults: Vec<String> = others.iter().flat_map(|other| faults(english, other)).collect();
    if !faults.is_empty() {
        return Err(faults.join("\n").into());
    }
    let catalogs: Vec<&Catalog> = std::iter::once(english).chain(others).collect();
    // Only the forms that some language has: a message of two forms takes two places in the list.
    let has =
        |form| catalogs.iter().any(|of| plural_forms(&of.tag).is_some_and(|forms| forms.contains(&form)));
    let forms: Vec<&str> = ALL_FORMS.into_iter().filter(|form| has(form)).collect();

    let lists: Vec<Vec<String>> = catalogs.iter().map(|catalog| list(english, catalog, &forms)).collect();
    let fingerprint = fingerprint(english, &forms);
    let mut rust = String::new();
    writeln!(rust, "pub(super) const FINGERPRINT: &str = {fingerprint:?};")?;
    writeln!(rust, "pub(super) const FORMS: [&str; {}] = {forms:?};", forms.len())?;
    writeln!(rust, "pub(super) const COUNT: usize = {};", lists[0].len())?;
    writeln!(rust, "/// Every language that the page can speak, English first.")?;
    writeln!(rust, "pub static LANGUAGES: [Language; {}] = [", catalogs.len())?;
    for catalog in &catalogs {
        let name = match catalog.messages.get(&(NAME.0.to_owned(), NAME.1.to_owned())) {
            Some(Message::Plain(text)) => &text.head,
            _ => return Err(format!("messages/{}.toml: language.name is missing", catalog.tag).into()),
        };
        let (tag, right_to_left) = (&catalog.tag, is_right_to_left(&catalog.tag));
        writeln!(rust, "    Language {{ tag: {tag:?}, name: {name:?}, right_to_left: {right_to_left} }},")?;
    }
    writeln!(rust, "];")?;
    functions(&mut rust, english, &lists[0], forms.len())?;

    let mut files = Vec::new();
    for (catalog, texts) in catalogs.iter().zip(&lists).skip(1) {
        let all: Vec<String> = std::iter::once(&fingerprint).chain(texts).map(|text| json(text)).collect();
        files.push((catalog.tag.clone(), format!("[{}]", all.join(","))));
    }
    Ok(Compiled { rust, files })
}

/// What is wrong with a language, seen from English.
fn faults(english: &Catalog, other: &Catalog) -> Vec<String> {
    let file = format!("messages/{}.toml", other.tag);
    let mut faults = Vec::new();
    for (id, message) in &english.messages {
        let (table, key) = id;
        match other.messages.get(id) {
            None => faults.push(format!("{file}: {table}.{key} is missing")),
            Some(translated) if !same_kind(message, translated) => {
                faults.push(format!(
                    "{file}: {table}.{key} has plural forms in one language and none in the other"
                ));
            }
            Some(translated) => {
                let wanted = sorted(parameters(message));
                for text in texts(translated) {
                    let found =
                        sorted(text.names().into_iter().filter(|name| !counts(message, name)).collect());
                    if found != wanted {
                        faults.push(format!(
                            "{file}: {table}.{key} has the placeholders {found:?}; English has {wanted:?}"
                        ));
                    }
                }
            }
        }
    }
    for id in other.messages.keys().filter(|id| !english.messages.contains_key(id)) {
        faults.push(format!("{file}: {}.{} is not in messages/en.toml", id.0, id.1));
    }
    faults
}

fn same_kind(one: &Message, other: &Message) -> bool {
    matches!(one, Message::Plural(_)) == matches!(other, Message::Plural(_))
}

fn texts(message: &Message) -> Vec<&Text> {
    match message {
        Message::Plain(text) => vec![text],
        Message::Plural(forms) => forms.values().collect(),
    }
}

/// Whether a placeholder is the number of a plural, which a form may leave out.
fn counts(message: &Message, name: &str) -> bool {
    name == COUNT && matches!(message, Message::Plural(_))
}

/// The placeholders in the order of the function's parameters, without the count of a plural.
fn parameters(message: &Message) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in texts(message).into_iter().flat_map(Text::names) {
        if !counts(message, name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names
}

/// A language's texts, in English's order of keys, with numbered placeholders.
fn list(english: &Catalog, catalog: &Catalog, forms: &[&str]) -> Vec<String> {
    let mut list = Vec::new();
    for (id, message) in &english.messages {
        let names = parameters(message);
        match catalog.messages.get(id) {
            Some(Message::Plain(text)) => list.push(numbered(text, &names, false)),
            Some(Message::Plural(texts)) => {
                for form in forms {
                    let text = texts.get(*form).or_else(|| texts.get("other"));
                    list.push(text.map(|text| numbered(text, &names, true)).unwrap_or_default());
                }
            }
            None => {}
        }
    }
    list
}

/// A placeholder becomes one control character: U+0001 the first argument, or the count of a plural, and so on.
fn numbered(text: &Text, names: &[&str], plural: bool) -> String {
    let mut written = text.head.clone();
    for (name, after) in &text.rest {
        // The count of a plural is in none of its names: the argument before all others.
        let place =
            names.iter().position(|known| known == name).map_or(0, |place| place + usize::from(plural));
        written.push(u8::try_from(place + 1).map_or('\u{1}', char::from));
        written.push_str(after);
    }
    written
}

/// One function for each message. Its English stands in it, and not in one list for all: what only a part of the page says
/// that is loaded later comes with that part.
fn functions(rust: &mut String, english: &Catalog, list: &[String], forms: usize) -> std::fmt::Result {
    let mut table = "";
    let mut index = 0_usize;
    for ((of, key), message) in &english.messages {
        if of != table {
            if !table.is_empty() {
                writeln!(rust, "}}")?;
            }
            writeln!(rust, "pub mod {of} {{")?;
            table = of;
        }
        let names = parameters(message);
        let typed: String = names.iter().map(|name| format!("{name}: &str, ")).collect();
        let given = names.join(", ");
        match message {
            Message::Plain(text) => {
                writeln!(rust, "    /// {}", documented(text))?;
                let english = &list[index];
                if names.is_empty() {
                    writeln!(
                        rust,
                        "    pub fn {key}() -> &'static str {{ super::at({index}, {english:?}) }}"
                    )?;
                } else {
                    writeln!(
                        rust,
                        "    pub fn {key}({typed}) -> String {{ super::fill({index}, {english:?}, &[{given}]) }}"
                    )?;
                }
                index += 1;
            }
            Message::Plural(of_forms) => {
                if let Some(other) = of_forms.get("other") {
                    writeln!(rust, "    /// {}", documented(other))?;
                }
                let english = &list[index..index + forms];
                writeln!(
                    rust,
                    "    pub fn {key}(count: u32, {typed}) -> String {{ super::counted({index}, &{english:?}, count, &[{given}]) }}"
                )?;
                index += forms;
            }
        }
    }
    if table.is_empty() { Ok(()) } else { writeln!(rust, "}}") }
}

fn documented(text: &Text) -> String {
    let rest: String = text.rest.iter().map(|(name, after)| format!("{{{name}}}{after}")).collect();
    format!("{}{rest}", text.head).replace('\n', " ").replace('[', "\\[").replace('<', "\\<")
}

/// Tells pages and files of different builds apart: the keys and their placeholders (FNV-1a, 64 bit).
fn fingerprint(english: &Catalog, forms: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |word: &str| {
        for byte in word.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    forms.iter().for_each(|form| add(form));
    for ((table, key), message) in &english.messages {
        add(table);
        add(key);
        add(if matches!(message, Message::Plural(_)) { "+" } else { "" });
        parameters(message).into_iter().for_each(&mut add);
    }
    format!("{hash:016x}")
}

fn json(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if u32::from(c) < 0x20 => written.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => written.push(c),
        }
    }
    written.push('"');
    written
}
