//! A TOML file, overruled by the environment.

use std::path::{Path, PathBuf};

use figment::{
    Figment,
    providers::{Format, Toml},
};
use serde::{Deserialize, de::IgnoredAny};
use thiserror::Error;

use super::{Database, Faults, Settings, check::check};

/// A number from the file, or its text from the environment. Anything else is a fault to be listed with the others.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Seconds {
    Number(u32),
    Text(String),
    Other(IgnoredAny),
}

/// A list from the file, or its parts with commas between them from the environment.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum List {
    Many(Vec<String>),
    One(String),
    Other(IgnoredAny),
}

/// What can be written; everything is optional here so that all faults can be listed at once.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSettings {
    pub(super) bind: Option<String>,
    pub(super) public_url: Option<String>,
    pub(super) database: Option<String>,
    pub(super) ui_dir: Option<String>,
    pub(super) twilio: Option<RawTwilio>,
    pub(super) edges: Option<List>,
    pub(super) token_lifetime_s: Option<Seconds>,
    pub(super) session_lifetime_s: Option<Seconds>,
    pub(super) ring_timeout_s: Option<Seconds>,
    pub(super) call_time_limit_s: Option<Seconds>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTwilio {
    pub(super) account_sid: Option<String>,
    pub(super) auth_token: Option<String>,
    pub(super) api_key_sid: Option<String>,
    pub(super) api_key_secret: Option<String>,
    pub(super) application_sid: Option<String>,
}

/// Why there are no settings.
#[derive(Debug, Error)]
pub enum LoadError {
    #[error("the configuration file {0} does not exist or cannot be read")]
    NoFile(PathBuf),
    #[error("the configuration cannot be read: {0}")]
    Unreadable(Box<figment::Error>),
    #[error(transparent)]
    Faults(#[from] Faults),
}

/// Reads `file` (when given) and `SIDETONE_…` (two underscores between the parts of a key:
/// `SIDETONE_TWILIO__ACCOUNT_SID`) and checks the outcome.
pub fn load(file: Option<&Path>) -> Result<Settings, LoadError> {
    Ok(check(read(file)?)?)
}

/// Only the database, for the commands that need no account.
pub fn load_database(file: Option<&Path>) -> Result<Database, LoadError> {
    Ok(Database::File(read(file)?.database.map(PathBuf::from).unwrap_or_else(default_database)))
}

pub(super) fn default_database() -> PathBuf {
    PathBuf::from("sidetone.db")
}

fn read(file: Option<&Path>) -> Result<RawSettings, LoadError> {
    let mut figment = Figment::new();
    if let Some(file) = file {
        if !file.is_file() {
            return Err(LoadError::NoFile(file.to_owned()));
        }
        figment = figment.merge(Toml::file_exact(file));
    }
    // Not figment's own environment reader: it takes an auth token of digits for a number.
    for (name, value) in std::env::vars_os() {
        let (Some(name), Some(value)) = (name.to_str(), value.to_str()) else { continue };
        let Some(key) = name.strip_prefix(PREFIX) else { continue };
        if !NOT_SETTINGS.contains(&key) {
            figment = figment.merge((key.to_lowercase().replace("__", "."), value));
        }
    }
    figment.extract().map_err(|error| LoadError::Unreadable(Box::new(error)))
}

const PREFIX: &str = "SIDETONE_";
/// Variables of the command line.
const NOT_SETTINGS: [&str; 3] = ["CONFIG", "PASSCODE", "LOG"];

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
