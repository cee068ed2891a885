//! Does what was planned, step by step. Each step is remembered on disk before it is done, so that a run that is
//! stopped anywhere can be taken back.

use std::path::Path;

use thiserror::Error;

use super::{
    found::Found,
    memory::{Memory, MemoryError},
    plan::{Creation, Plan},
    resource::{Kind, Resource, Setting, Slot},
    undo::{Deletion, Undo},
    update::Update,
    words,
};
use crate::twilio::rest::{NewKey, Rest, RestError};

/// Why a step was not done.
#[derive(Debug, Error)]
pub enum ApplyError {
    #[error(transparent)]
    Rest(#[from] RestError),
    #[error(transparent)]
    Memory(#[from] MemoryError),
}

/// Works on an account and its memory.
pub struct Applier<'a> {
    pub rest: &'a Rest,
    pub found: &'a Found,
    pub memory: Memory,
    /// Where the memory is kept.
    pub path: &'a Path,
    /// Is told each step that has been done.
    pub tell: &'a mut dyn FnMut(&str),
}

/// How often something is made again of which nobody knows whether it was made.
const TRIES: usize = 3;

impl Applier<'_> {
    /// Makes the API key of a plan; `None` when the one of the configuration stays. Write it down before anything else
    /// is done: Twilio never shows its secret again.
    ///
    /// # Errors
    /// See [`ApplyError`]; what was made before it is remembered.
    pub async fn make_key(&mut self, plan: &Plan) -> Result<Option<NewKey>, ApplyError> {
        match &plan.create_key {
            Some(name) => Ok(Some(self.create_key(name).await?)),
            None => Ok(None),
        }
    }

    /// Makes the TwiML App of a plan, or finds it; returns its SID.
    ///
    /// # Errors
    /// See [`ApplyError`]; what was made before it is remembered.
    pub async fn make_application(&mut self, plan: &Plan) -> Result<String, ApplyError> {
        match (&plan.create_application, &plan.application) {
            (Some(creation), _) => self.create_application(creation).await,
            (None, Some(sid)) => Ok(sid.clone()),
            (None, None) => Ok(String::new()),
        }
    }

    /// Changes settings.
    ///
    /// # Errors
    /// See [`ApplyError`]; what was changed before it is remembered.
    pub async fn change(&mut self, updates: &[Update]) -> Result<(), ApplyError> {
        for update in updates {
            self.memory.note_update(update);
            self.memory.save(self.path)?;
            self.post(update).await?;
            (self.tell)(&format!("Changed {}.", words::name(update.kind, &update.name)));
        }
        Ok(())
    }

    /// Takes back what it can; returns what it could not, which stays remembered.
    ///
    /// # Errors
    /// The memory cannot be written.
    pub async fn take_back(&mut self, undo: &Undo) -> Result<Vec<ApplyError>, MemoryError> {
        let mut failed = Vec::new();
        for update in &undo.updates {
            match self.post(update).await {
                Ok(()) => {
                    self.memory.changed.remove(&update.sid);
                    self.memory.save(self.path)?;
                    (self.tell)(&format!("Restored {}.", words::name(update.kind, &update.name)));
                }
                Err(error) => failed.push(error.into()),
            }
        }
        for deletion in &undo.deletions {
            match self.delete(deletion).await {
                Ok(()) => {
                    self.memory.forget_made(&deletion.sid);
                    self.memory.save(self.path)?;
                    (self.tell)(&format!("Deleted {}.", words::name(deletion.kind, &deletion.name)));
                }
                Err(error) => failed.push(error.into()),
            }
        }
        if failed.is_empty() {
            // Also what was left alone: it is somebody else's now.
            self.memory = Memory::default();
            self.memory.save(self.path)?;
        }
        Ok(failed)
    }

    async fn post(&self, update: &Update) -> Result<(), RestError> {
        let form = form(update.changes.iter().map(|(slot, change)| (*slot, &change.new)));
        match update.kind {
            Kind::Application => self.rest.update_application(&update.sid, &form).await,
            Kind::Number => self.rest.update_number(&update.sid, &form).await,
            // A key has no settings.
            Kind::Key => Ok(()),
        }
    }

    async fn delete(&self, deletion: &Deletion) -> Result<(), RestError> {
        match deletion.kind {
            Kind::Key => self.rest.delete_key(&deletion.sid).await,
            Kind::Application => self.rest.delete_application(&deletion.sid).await,
            // Never made, hence never deleted.
            Kind::Number => Ok(()),
        }
    }

    async fn create_key(&mut self, name: &str) -> Result<NewKey, ApplyError> {
        let others = self.note_making(Kind::Key, name)?;
        let mut tries = 1;
        loop {
            match self.rest.create_key(name).await {
                Ok(key) => {
                    self.note_made(Kind::Key, name, &key.sid)?;
                    return Ok(key);
                }
                Err(error) if error.is_unclear() && tries < TRIES => {
                    // If it was made after all, its secret is lost, and nobody can use it.
                    let keys: Vec<_> = self.rest.keys().await?.iter().map(Resource::from).collect();
                    for key in keys.iter().filter(|key| is_new(key, name, &others)) {
                        self.rest.delete_key(&key.sid).await?;
                    }
                }
                Err(error) => return Err(error.into()),
            }
            tries += 1;
        }
    }

    async fn create_application(&mut self, creation: &Creation) -> Result<String, ApplyError> {
        let name = &creation.name;
        let others = self.note_making(Kind::Application, name)?;
        let mut form = form(creation.settings.iter().map(|(slot, setting)| (*slot, setting)));
        form.push(("FriendlyName".to_owned(), name.clone()));
        let mut tries = 1;
        let sid = loop {
            match self.rest.create_application(&form).await {
                Ok(application) => break application.sid,
                Err(error) if error.is_unclear() && tries < TRIES => {
                    let applications = self.rest.applications().await?;
                    let mut applications = applications.iter().map(Resource::from);
                    if let Some(made) = applications.find(|found| is_new(found, name, &others)) {
                        break made.sid;
                    }
                }
                Err(error) => return Err(error.into()),
            }
            tries += 1;
        };
        self.note_made(Kind::Application, name, &sid)?;
        Ok(sid)
    }

    fn note_making(&mut self, kind: Kind, name: &str) -> Result<Vec<String>, MemoryError> {
        let named = self.found.of(kind).iter().filter(|resource| resource.name == name);
        let others: Vec<_> = named.map(|resource| resource.sid.clone()).collect();
        self.memory.note_making(kind, name, others.clone());
        self.memory.save(self.path)?;
        Ok(others)
    }

    fn note_made(&mut self, kind: Kind, name: &str, sid: &str) -> Result<(), MemoryError> {
        self.memory.note_made(kind, name, sid);
        self.memory.save(self.path)?;
        (self.tell)(&format!("Made {}.", words::name(kind, name)));
        Ok(())
    }
}

fn is_new(resource: &Resource, name: &str, others: &[String]) -> bool {
    resource.name == name && !others.contains(&resource.sid)
}

fn form<'a>(settings: impl Iterator<Item = (Slot, &'a Setting)>) -> Vec<(String, String)> {
    let mut form = Vec::new();
    for (slot, setting) in settings {
        form.push((slot.parameter().to_owned(), setting.text.clone()));
        if let Some(method) = slot.method_parameter().filter(|_| !setting.method.is_empty()) {
            form.push((method.to_owned(), setting.method.clone()));
        }
    }
    form
}
