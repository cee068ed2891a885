//! A TOML file, overruled by the environment.

use std::{
    fs,
    path::{Path, PathBuf},
};

use figment::{Figment, providers::Serialized};
use thiserror::Error;

use super::{
    check::{Faults, check, check_database},
    raw::RawSettings,
    settings::{Database, Settings},
};

/// Why there are no settings.
#[derive(Debug, Error)]
pub enum LoadError {
    #[error("the configuration file {0} does not exist or cannot be read")]
    NoFile(PathBuf),
    /// `what` is the parser's complaint; the line itself is not repeated, for it may hold a secret.
    #[error("line {line} of the configuration file {file} is not TOML: {what}")]
    NotToml { file: PathBuf, line: usize, what: String },
    #[error("the configuration cannot be read: {key} is not what it must be")]
    Unreadable { key: String },
    #[error(transparent)]
    Faults(#[from] Faults),
}

/// Reads `file` (when given) and `SIDETONE_…` (two underscores between the parts of a key:
/// `SIDETONE_TWILIO__ACCOUNT_SID`) and checks the outcome.
pub fn load(file: Option<&Path>) -> Result<Settings, LoadError> {
    Ok(check(read(file)?)?)
}

/// Like [`load`], with the text of a file that is read already.
pub(crate) fn load_text(file: &Path, text: &str) -> Result<Settings, LoadError> {
    Ok(check(with_environment(Figment::from(Serialized::defaults(parse(file, text)?)))?)?)
}

/// Only the database, for the commands that need no account.
pub fn load_database(file: Option<&Path>) -> Result<Database, LoadError> {
    Ok(check_database(read(file)?.database)?)
}

pub(super) fn read(file: Option<&Path>) -> Result<RawSettings, LoadError> {
    let mut figment = Figment::new();
    if let Some(file) = file {
        if !file.is_file() {
            return Err(LoadError::NoFile(file.to_owned()));
        }
        figment = figment.merge(Serialized::defaults(table(file)?));
    }
    with_environment(figment)
}

fn with_environment(mut figment: Figment) -> Result<RawSettings, LoadError> {
    // Not figment's own environment reader: it takes an auth token of digits for a number.
    for (name, value) in std::env::vars_os() {
        let (Some(name), Some(value)) = (name.to_str(), value.to_str()) else { continue };
        let Some(key) = name.strip_prefix(PREFIX) else { continue };
        if !NOT_SETTINGS.contains(&key) {
            figment = figment.merge((key.to_lowercase().replace("__", "."), value));
        }
    }
    // Not the error's own words: they repeat the value.
    figment.extract().map_err(|error| LoadError::Unreadable { key: error.path.join(".") })
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
/// Variables of the command line.
const NOT_SETTINGS: [&str; 4] = ["CONFIG", "PASSCODE", "LOG", "TWILIO_API"];

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
