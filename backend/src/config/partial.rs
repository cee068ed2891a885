//! What is known before the configuration is complete, for the command that completes it.

use std::path::Path;

use secrecy::SecretString;

use super::{
    check,
    load::{LoadError, read},
    raw::{Account, RawTwilio, Text},
    settings::Database,
};

/// Settings as they are written, unchecked but for the database. What is missing, empty or no text is `None`.
#[derive(Clone, Debug)]
pub struct Partial {
    pub public_url: Option<String>,
    pub account_sid: Option<String>,
    pub auth_token: Option<SecretString>,
    pub api_key_sid: Option<String>,
    pub api_key_secret: Option<SecretString>,
    pub application_sid: Option<String>,
    pub database: Database,
}

/// Reads `file`, if it exists, and the environment.
///
/// # Errors
/// The file is not TOML, or the database is none.
pub fn load_partial(file: &Path) -> Result<Partial, LoadError> {
    let raw = read(Some(file).filter(|file| file.exists()))?;
    let twilio = match raw.twilio {
        Some(Account::Table(twilio)) => twilio,
        _ => RawTwilio::default(),
    };
    Ok(Partial {
        public_url: text(raw.public_url),
        account_sid: text(twilio.account_sid),
        auth_token: text(twilio.auth_token).map(SecretString::from),
        api_key_sid: text(twilio.api_key_sid),
        api_key_secret: text(twilio.api_key_secret).map(SecretString::from),
        application_sid: text(twilio.application_sid),
        database: check::check_database(raw.database, raw.database_direct)?,
    })
}

fn text(raw: Option<Text>) -> Option<String> {
    match raw {
        Some(Text::Text(text)) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    }
}
