//! One language's messages, as they stand in its file.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

use crate::language;

pub(crate) struct Catalog {
    pub(crate) tag: String,
    /// By table and key.
    pub(crate) messages: BTreeMap<(String, String), Message>,
    pub(crate) tables: Vec<String>,
}

pub(crate) enum Message {
    Plain(Text),
    /// By plural category.
    Plural(BTreeMap<String, Text>),
}

/// A text cut at its placeholders: `"Calling {name}…"` is `"Calling "`, then `name` and `"…"`.
#[derive(Default)]
pub(crate) struct Text {
    pub(crate) head: String,
    pub(crate) rest: Vec<(String, String)>,
}

impl Text {
    fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = text.split('{');
        let head = pieces.next().unwrap_or_default().to_owned();
        let mut rest = Vec::new();
        for piece in pieces {
            let (name, after) = piece.split_once('}').ok_or("has a { without a }")?;
            if !is_name(name) {
                return Err(format!("has a placeholder {{{name}}} that is not in snake_case"));
            }
            rest.push((name.to_owned(), after.to_owned()));
        }
        let tails = rest.iter().map(|(_, after)| after);
        if std::iter::once(&head).chain(tails).any(|piece| piece.contains('}')) {
            return Err("has a } without a {".to_owned());
        }
        Ok(Self { head, rest })
    }

    /// Its placeholders in the order in which they come, each once.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &self.rest {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}

/// Reads `<tag>.toml`. The error names every fault.
pub(crate) fn read(folder: &Path, tag: &str) -> Result<Catalog, Box<dyn Error>> {
    let file = format!("messages/{tag}.toml");
    let source = fs::read_to_string(folder.join(format!("{tag}.toml")))
        .map_err(|error| format!("{file}: cannot be read: {error}"))?;
    let parsed: Table = source.parse().map_err(|error| format!("{file}: {error}"))?;
    let forms = language::plural_forms(tag).ok_or_else(|| {
        format!("{file}: the plural forms of this language are not known: add them to build/language.rs")
    })?;
    let mut catalog = Catalog { tag: tag.to_owned(), messages: BTreeMap::new(), tables: Vec::new() };
    let mut faults = Vec::new();
    for (table, messages) in &parsed {
        catalog.tables.push(table.clone());
        let Value::Table(messages) = messages else {
            faults.push(format!("{file}: {table} stands in no table"));
            continue;
        };
        for (key, value) in messages {
            let message = if is_name(table) && is_name(key) {
                message(value, forms)
            } else {
                Err("is not in snake_case, or a word of Rust".to_owned())
            };
            match message {
                Ok(message) => drop(catalog.messages.insert((table.clone(), key.clone()), message)),
                Err(fault) => faults.push(format!("{file}: {table}.{key} {fault}")),
            }
        }
    }
    if faults.is_empty() { Ok(catalog) } else { Err(faults.join("\n").into()) }
}

fn message(value: &Value, forms: &[&str]) -> Result<Message, String> {
    match value {
        Value::String(text) => Text::parse(text).map(Message::Plain),
        Value::Table(texts) => {
            let mut plural = BTreeMap::new();
            for (form, text) in texts {
                if !forms.contains(&form.as_str()) {
                    return Err(format!(
                        "has the plural form {form}, but the language has only {}",
                        forms.join(", ")
                    ));
                }
                let text =
                    text.as_str().ok_or_else(|| format!("has a plural form {form} that is no text"))?;
                plural.insert(form.clone(), Text::parse(text)?);
            }
            match forms.iter().find(|form| !plural.contains_key(**form)) {
                Some(missing) => Err(format!("lacks the plural form {missing}")),
                None => Ok(Message::Plural(plural)),
            }
        }
        _ => Err("is neither a text nor a table of plural forms".to_owned()),
    }
}

/// Good for a name in Rust.
fn is_name(name: &str) -> bool {
    const WORDS: [&str; 12] =
        ["as", "break", "continue", "for", "if", "in", "loop", "match", "move", "return", "type", "use"];
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !WORDS.contains(&name)
}
