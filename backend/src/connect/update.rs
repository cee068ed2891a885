//! What is changed of something in the account.

use std::collections::BTreeMap;

use super::resource::{Kind, Setting, Slot};

/// Something to be changed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Update {
    pub kind: Kind,
    pub sid: String,
    pub name: String,
    pub changes: BTreeMap<Slot, Change>,
}

/// From what to what.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    pub old: Setting,
    pub new: Setting,
}
