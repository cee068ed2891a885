use serde::{Deserialize, Serialize};

use crate::PhoneNumber;

/// `GET api/demo`: who is in the demo world. Its passcodes are no secrets.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct DemoWorld {
    pub lines: Vec<DemoLine>,
    pub phones: Vec<DemoPhone>,
    /// A page that plays the outside world.
    pub handset_url: String,
    /// A page that shows every message of every call.
    pub timeline_url: String,
}

/// A line to sign in with.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct DemoLine {
    pub phone_number: PhoneNumber,
    pub passcode: String,
    /// Such as "Reception".
    pub label: String,
}

/// An external phone to call.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct DemoPhone {
    pub phone_number: PhoneNumber,
    /// Such as "Echo test".
    pub label: String,
    /// What happens when it is called, one English sentence.
    pub what: String,
    pub kind: DemoPhoneKind,
}

/// The phones of the demo for pages, which have words of their own for them.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoPhoneKind {
    Echo,
    Tone,
    Busy,
    NoAnswer,
    NotInService,
    Menu,
    Handset,
}
