//! What the account was like before, in a file beside the configuration. Holds no secret.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    resource::{Kind, Setting, Slot},
    update::Update,
};
use crate::private_file;

/// Everything that `connect` has made and changed and not taken back.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Memory {
    /// `AC…`: the account it is about.
    pub account_sid: String,
    pub made: Vec<Made>,
    /// By SID.
    pub changed: BTreeMap<String, Changed>,
}

/// Something that was made, or was about to be.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Made {
    pub kind: Kind,
    pub name: String,
    /// `None` until Twilio has told it; a run that was stopped at the wrong moment leaves it so.
    #[serde(default)]
    pub sid: Option<String>,
    /// What had this name before.
    #[serde(default)]
    pub others: Vec<String>,
}

/// Something that was changed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Changed {
    pub kind: Kind,
    pub name: String,
    pub settings: BTreeMap<Slot, Kept>,
}

/// What a setting was.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Kept {
    /// Before we touched it.
    pub old: Setting,
    /// All that we set it to since, the latest last.
    pub set: Vec<Setting>,
}

/// Why the file does not serve.
#[derive(Debug, Error)]
pub enum MemoryError {
    #[error("cannot read {0}, which remembers what was changed in the account: {1}")]
    Read(PathBuf, io::Error),
    #[error(
        "{0}, which remembers what was changed in the account, is damaged ({1}); mend it, or remove it and give up \
         --undo"
    )]
    Damaged(PathBuf, serde_json::Error),
    #[error("cannot write {0}, which remembers what is changed in the account: {1}")]
    Write(PathBuf, io::Error),
}

/// The file of a configuration file: `sidetone.toml.connect.json`.
pub fn path_for(config: &Path) -> PathBuf {
    let mut name = config.as_os_str().to_owned();
    name.push(".connect.json");
    PathBuf::from(name)
}

impl Memory {
    /// What the file says; nothing when there is none.
    ///
    /// # Errors
    /// See [`MemoryError`].
    pub fn load(path: &Path) -> Result<Self, MemoryError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(MemoryError::Read(path.to_owned(), error)),
        };
        serde_json::from_str(&text).map_err(|error| MemoryError::Damaged(path.to_owned(), error))
    }

    /// Writes the file; removes it when there is nothing to remember.
    ///
    /// # Errors
    /// See [`MemoryError`].
    pub fn save(&self, path: &Path) -> Result<(), MemoryError> {
        let failed = |error| MemoryError::Write(path.to_owned(), error);
        if self.is_empty() {
            return match std::fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
                _ => Ok(()),
            };
        }
        let text = serde_json::to_string_pretty(self).map_err(|error| failed(error.into()))?;
        private_file::write(path, &format!("{text}\n")).map_err(failed)
    }

    /// There is nothing to be taken back.
    pub fn is_empty(&self) -> bool {
        self.made.is_empty() && self.changed.is_empty()
    }

    /// Notes a change that is about to be made. What was there before our first change stays remembered, unless
    /// somebody else has changed it since.
    pub fn note_update(&mut self, update: &Update) {
        let changed = self.changed.entry(update.sid.clone()).or_insert_with(|| Changed {
            kind: update.kind,
            name: update.name.clone(),
            settings: BTreeMap::new(),
        });
        for (slot, change) in &update.changes {
            let kept = changed
                .settings
                .entry(*slot)
                .or_insert_with(|| Kept { old: change.old.clone(), set: Vec::new() });
            if !kept.old.does_as(&change.old) && !kept.set.iter().any(|ours| ours.does_as(&change.old)) {
                *kept = Kept { old: change.old.clone(), set: Vec::new() };
            }
            kept.set.retain(|ours| *ours != change.new);
            kept.set.push(change.new.clone());
        }
    }

    /// Notes that something is about to be made; `others` have its name already.
    pub fn note_making(&mut self, kind: Kind, name: &str, others: Vec<String>) {
        self.made.push(Made { kind, name: name.to_owned(), sid: None, others });
    }

    /// Notes the SID of what was made.
    pub fn note_made(&mut self, kind: Kind, name: &str, sid: &str) {
        let mut made = self.made.iter_mut().rev();
        if let Some(made) = made.find(|made| made.kind == kind && made.name == name && made.sid.is_none()) {
            made.sid = Some(sid.to_owned());
        }
    }

    /// What was made is gone again.
    pub fn forget_made(&mut self, sid: &str) {
        self.made.retain(|made| made.sid.as_deref() != Some(sid));
        self.changed.remove(sid);
    }

    /// Whether we made it, or once set this setting of it to this.
    pub fn was_set_by_us(&self, sid: &str, slot: Slot, setting: &Setting) -> bool {
        if self.made.iter().any(|made| made.sid.as_deref() == Some(sid)) {
            return true;
        }
        let kept = self.changed.get(sid).and_then(|changed| changed.settings.get(&slot));
        kept.is_some_and(|kept| kept.set.iter().any(|ours| ours.does_as(setting)))
    }
}
