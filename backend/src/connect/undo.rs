//! What would put an account back as it was. Pure.

use std::collections::BTreeMap;

use super::{
    found::Found,
    memory::{Made, Memory},
    resource::{Kind, Resource, Slot},
    update::{Change, Update},
};

/// What is to be taken back, in this order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Undo {
    pub updates: Vec<Update>,
    pub deletions: Vec<Deletion>,
    /// What stays as it is, and why; sentences.
    pub left_alone: Vec<String>,
}

/// Something that we made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deletion {
    pub kind: Kind,
    pub sid: String,
    pub name: String,
}

impl Undo {
    /// Nothing is to be changed in the account.
    pub fn is_empty(&self) -> bool {
        self.updates.is_empty() && self.deletions.is_empty()
    }
}

/// What must be done to take back what is remembered: settings that still are what we made them become what they were
/// before; what we made is deleted.
pub fn undo(found: &Found, memory: &Memory) -> Undo {
    let mut undo = Undo::default();
    for made in &memory.made {
        for resource in resources_of(found, made) {
            if undo.deletions.iter().any(|deletion| deletion.sid == resource.sid) {
                continue;
            }
            if let Some(user) = user_of(found, memory, resource) {
                undo.left_alone.push(format!(
                    "the TwiML App {} is used by the number {user}, which somebody else has set up so",
                    resource.name
                ));
                continue;
            }
            undo.deletions.push(Deletion {
                kind: resource.kind,
                sid: resource.sid.clone(),
                name: resource.name.clone(),
            });
        }
    }
    for (sid, changed) in &memory.changed {
        if undo.deletions.iter().any(|deletion| deletion.sid == *sid) {
            continue;
        }
        let Some(resource) = found.get(changed.kind, sid) else {
            undo.left_alone.push(format!("{} is no longer in the account", changed.name));
            continue;
        };
        let mut changes = BTreeMap::new();
        for (slot, kept) in &changed.settings {
            let now = resource.setting(*slot);
            if now == kept.old || (now.text.is_empty() && kept.old.text.is_empty()) {
                continue;
            }
            if kept.set.iter().any(|ours| ours.does_as(&now)) {
                changes.insert(*slot, Change { old: now, new: kept.old.clone() });
            } else {
                let now = if now.text.is_empty() { "empty".to_owned() } else { now.text };
                let label = slot.label();
                undo.left_alone.push(format!(
                    "the {label} of {} is {now} now: somebody has changed it since",
                    resource.name
                ));
            }
        }
        if !changes.is_empty() {
            let (kind, sid, name) = (changed.kind, sid.clone(), resource.name.clone());
            undo.updates.push(Update { kind, sid, name, changes });
        }
    }
    undo
}

/// What was made: by its SID, or, when Twilio's answer was lost, all that has the name and was not there before.
fn resources_of<'a>(found: &'a Found, made: &Made) -> Vec<&'a Resource> {
    match &made.sid {
        Some(sid) => found.get(made.kind, sid).into_iter().collect(),
        None => found
            .of(made.kind)
            .iter()
            .filter(|resource| resource.name == made.name && !made.others.contains(&resource.sid))
            .collect(),
    }
}

/// A number that would be without its TwiML App.
fn user_of<'a>(found: &'a Found, memory: &Memory, application: &Resource) -> Option<&'a str> {
    if application.kind != Kind::Application {
        return None;
    }
    let uses = |number: &&Resource| {
        let setting = number.setting(Slot::VoiceApplicationSid);
        setting.text == application.sid
            && !memory.was_set_by_us(&number.sid, Slot::VoiceApplicationSid, &setting)
    };
    found.numbers.iter().find(uses).map(|number| number.name.as_str())
}
