//! A TOML file, overruled by the environment.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use thiserror::Error;
use toml::{Table, Value};

use super::{
    check::{check, check_database, check_dial, check_sign_in},
    dial::Dial,
    fault::Faults,
    raw::{RawSettings, Text},
    settings::{Database, Settings},
};
use crate::public_url::PublicUrl;

/// Why there are no settings.
#[derive(Debug, Error)]
pub enum LoadError {
    #[error("the configuration file {0} does not exist or cannot be read")]
    NoFile(PathBuf),
    /// `what` is the parser's complaint; the line itself is not repeated, for it may hold a secret.
    #[error("line {line} of the configuration file {file} is not TOML: {what}")]
    NotToml { file: PathBuf, line: usize, what: String },
    #[error("the configuration cannot be read: it has a value that is not what it must be")]
    Unreadable,
    #[error(transparent)]
    Faults(#[from] Faults),
}

/// Reads `file` (when given) and `SIDETONE_…` (two underscores between the parts of a key:
/// `SIDETONE_TWILIO__ACCOUNT_SID`) and checks the outcome.
pub fn load(file: Option<&Path>) -> Result<Settings, LoadError> {
    Ok(check(read(file)?)?)
}

/// Like [`load`], with the text of a file that is read already.
pub fn load_text(file: &Path, text: &str) -> Result<Settings, LoadError> {
    Ok(check(merged(parse(file, text)?, environment())?)?)
}

/// Only the database, for the commands that need no account.
pub fn load_database(file: Option<&Path>) -> Result<Database, LoadError> {
    let raw = read(file)?;
    Ok(check_database(raw.database, raw.database_direct)?)
}

/// Only the database that a file names, whatever the environment says: that is about another one.
pub fn load_database_of(file: &Path) -> Result<Database, LoadError> {
    let raw = merged(table(file)?, std::iter::empty())?;
    Ok(check_database(raw.database, raw.database_direct)?)
}

/// Only whom lines may dial, and how much, for the commands that need no account.
pub fn load_dial(file: Option<&Path>) -> Result<Dial, LoadError> {
    Ok(check_dial(read(file)?.dial)?)
}

/// Only the seconds after which a session that nobody uses ends, for the commands that need no account.
pub fn load_session_idle_s(file: Option<&Path>) -> Result<u32, LoadError> {
    Ok(check_sign_in(read(file)?)?.session_idle_s)
}

/// Where browsers reach the server, where that is known, for the commands that need no account.
pub fn load_public_url(file: Option<&Path>) -> Option<PublicUrl> {
    match read(file).ok()?.public_url? {
        Text::Text(text) => PublicUrl::parse(&text).ok(),
        Text::Other(_) => None,
    }
}

pub(super) fn read(file: Option<&Path>) -> Result<RawSettings, LoadError> {
    merged(file.map_or(Ok(Table::new()), table)?, environment())
}

/// The file's settings, overruled by the environment's. Those are texts: an auth token may be nothing but digits.
fn merged(
    mut table: Table,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<RawSettings, LoadError> {
    for (name, value) in environment {
        let Some(key) = name.strip_prefix(PREFIX).filter(|key| !NOT_SETTINGS.contains(key)) else { continue };
        put(&mut table, &key.to_lowercase(), value);
    }
    // Not the error's own words: they repeat the value.
    Value::Table(table).try_into().map_err(|_| LoadError::Unreadable)
}

/// `a__b` is `b` in the table `a`, which is made where there is none.
fn put(table: &mut Table, key: &str, value: String) {
    let Some((outer, inner)) = key.split_once("__") else {
        table.insert(key.to_owned(), Value::String(value));
        return;
    };
    let place = table.entry(outer).or_insert_with(|| Value::Table(Table::new()));
    if !place.is_table() {
        *place = Value::Table(Table::new());
    }
    if let Value::Table(table) = place {
        put(table, inner, value);
    }
}

/// What of the environment is text.
fn environment() -> impl Iterator<Item = (String, String)> {
    let is_text = |(name, value): (OsString, OsString)| name.into_string().ok().zip(value.into_string().ok());
    std::env::vars_os().filter_map(is_text)
}

fn table(file: &Path) -> Result<toml::Table, LoadError> {
    let text = fs::read_to_string(file).map_err(|_| LoadError::NoFile(file.to_owned()))?;
    parse(file, &text)
}

fn parse(file: &Path, text: &str) -> Result<toml::Table, LoadError> {
    text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        LoadError::NotToml {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            what: error.message().lines().collect::<Vec<_>>().join(", "),
        }
    })
}

const PREFIX: &str = "SIDETONE_";
/// Variables of the command line, and the container image's.
const NOT_SETTINGS: [&str; 7] =
    ["CONFIG", "CONFIG_TEXT", "PASSCODE", "LOG", "ORIGIN_VERIFY", "TWILIO_API", "VOLUME"];

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
