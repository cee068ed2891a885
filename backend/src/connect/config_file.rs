//! The configuration file: what it sets is changed in place, everything else and all comments stay.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use thiserror::Error;
use toml_edit::{DocumentMut, Item, Table, value};

use crate::private_file;

/// Why the file cannot be changed.
#[derive(Debug, Error)]
pub enum ConfigFileError {
    #[error("cannot read the configuration file {0}: {1}")]
    Read(PathBuf, io::Error),
    /// The parser's own words are left out: they repeat the line, which may hold a secret.
    #[error("the configuration file {0} is not TOML; mend it first")]
    NotToml(PathBuf),
    #[error("{1} in the configuration file {0} must be a table: a line [{1}], and its settings below it")]
    NotATable(PathBuf, String),
    #[error(
        "cannot write the configuration file {0}: {1}. Choose a place that you may write to with --config, or mend its \
         rights"
    )]
    Write(PathBuf, io::Error),
}

/// First words of a file that was not there.
const HEADER: &str = "# Settings of `sidetone serve --config <this file>`, written by `sidetone connect`.\n\
                      # All other settings stand in sidetone.example.toml of the source.\n\n\
                      public_url = \"\"\n";

/// A configuration file that may not exist yet.
pub struct ConfigFile {
    path: PathBuf,
    document: DocumentMut,
    /// What the file says now; `None` when there is none.
    written: Option<String>,
}

impl ConfigFile {
    /// Reads the file, if there is one.
    ///
    /// # Errors
    /// See [`ConfigFileError`].
    pub fn open(path: &Path) -> Result<Self, ConfigFileError> {
        let written = match fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(ConfigFileError::Read(path.to_owned(), error)),
        };
        let text = written.as_deref().unwrap_or(HEADER);
        let document = text.parse().map_err(|_| ConfigFileError::NotToml(path.to_owned()))?;
        Ok(Self { path: path.to_owned(), document, written })
    }

    /// Sets a key such as `twilio.account_sid`.
    ///
    /// # Errors
    /// Its table is none.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), ConfigFileError> {
        let (table, name) = match key.split_once('.') {
            None => (self.document.as_table_mut() as &mut dyn toml_edit::TableLike, key),
            Some((table, name)) => {
                let item = self.document.entry(table).or_insert(Item::Table(Table::new()));
                let no_table = || ConfigFileError::NotATable(self.path.clone(), table.to_owned());
                (item.as_table_like_mut().ok_or_else(no_table)?, name)
            }
        };
        match table.get_mut(name) {
            Some(item) if item.as_str() == Some(text) => {}
            Some(item) => {
                // With the comment behind it and the space around it.
                let decor = item.as_value().map(|value| value.decor().clone());
                *item = value(text);
                if let (Some(decor), Some(value)) = (decor, item.as_value_mut()) {
                    *value.decor_mut() = decor;
                }
            }
            None => {
                table.insert(name, value(text));
            }
        }
        Ok(())
    }

    /// Removes a key if it says this.
    pub fn remove_if(&mut self, key: &str, text: &str) {
        let Some((table, name)) = key.split_once('.') else { return };
        let table = self.document.get_mut(table).and_then(Item::as_table_like_mut);
        if let Some(table) = table.filter(|table| table.get(name).and_then(Item::as_str) == Some(text)) {
            table.remove(name);
        }
    }

    /// The text of a key such as `twilio.account_sid`.
    pub fn get(&self, key: &str) -> Option<&str> {
        match key.split_once('.') {
            None => self.document.get(key)?.as_str(),
            Some((table, name)) => self.document.get(table)?.get(name)?.as_str(),
        }
    }

    /// The file is not as it shall be.
    pub fn differs(&self) -> bool {
        self.written.as_deref() != Some(self.document.to_string().as_str()) || !is_private(&self.path)
    }

    /// The file does not exist yet.
    pub fn is_new(&self) -> bool {
        self.written.is_none()
    }

    /// Whether it could be written.
    ///
    /// # Errors
    /// See [`ConfigFileError::Write`].
    pub fn check_writable(&self) -> Result<(), ConfigFileError> {
        private_file::check(&self.path).map_err(|error| ConfigFileError::Write(self.path.clone(), error))
    }

    /// Writes it, in one step, readable for its owner alone. Writes nothing when nothing differs.
    ///
    /// # Errors
    /// See [`ConfigFileError::Write`].
    pub fn write(&mut self) -> Result<(), ConfigFileError> {
        if !self.differs() {
            return Ok(());
        }
        let text = self.document.to_string();
        private_file::write(&self.path, &text)
            .map_err(|error| ConfigFileError::Write(self.path.clone(), error))?;
        self.written = Some(text);
        Ok(())
    }
}

#[cfg(unix)]
fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 == 0)
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_comments_and_other_settings() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sidetone.toml");
        let before = "# mine\nring_timeout_s = 12 # long\npublic_url = \"https://old.example.com\" # here\n\n\
                      [twilio] # account\nauth_token = \"x\"\n# end\n";
        fs::write(&path, before).unwrap();
        let mut file = ConfigFile::open(&path).unwrap();
        file.set("public_url", "https://new.example.com").unwrap();
        file.set("twilio.account_sid", "AC1").unwrap();
        file.write().unwrap();
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "# mine\nring_timeout_s = 12 # long\npublic_url = \"https://new.example.com\" # here\n\n\
             [twilio] # account\nauth_token = \"x\"\naccount_sid = \"AC1\"\n# end\n"
        );
        let file = ConfigFile::open(&path).unwrap();
        assert!(!file.differs());
        assert_eq!(file.get("twilio.auth_token"), Some("x"));
    }

    #[test]
    fn a_new_file_has_everything_and_what_is_removed_goes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sidetone.toml");
        let mut file = ConfigFile::open(&path).unwrap();
        file.check_writable().unwrap();
        assert!(file.is_new() && !path.exists());
        file.set("public_url", "https://a.example.com").unwrap();
        file.set("twilio.api_key_sid", "SK1").unwrap();
        file.write().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.ends_with("public_url = \"https://a.example.com\"\n\n[twilio]\napi_key_sid = \"SK1\"\n"),
            "{text}"
        );
        assert!(text.starts_with("# Settings"), "{text}");
        file.remove_if("twilio.api_key_sid", "SK2");
        assert!(!file.differs());
        file.remove_if("twilio.api_key_sid", "SK1");
        assert!(file.differs());
    }

    #[test]
    fn what_it_cannot_change_is_said_without_the_secret() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sidetone.toml");
        fs::write(&path, "auth_token = hunter2").unwrap();
        let text = ConfigFile::open(&path).err().unwrap().to_string();
        assert!(text.contains("not TOML") && !text.contains("hunter2"), "{text}");
        fs::write(&path, "twilio = 7").unwrap();
        let error = ConfigFile::open(&path).unwrap().set("twilio.account_sid", "AC1").unwrap_err();
        assert!(error.to_string().contains("[twilio]"), "{error}");
    }
}
