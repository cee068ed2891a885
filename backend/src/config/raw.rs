//! What can be written. Everything is optional and of any type here, so that all faults can be listed at once.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, de::IgnoredAny};

/// A text. Anything else is a fault; its value is dropped, for it may be a secret.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Text {
    Text(String),
    Other(IgnoredAny),
}

/// A number from the file, or its text from the environment.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Seconds {
    Number(u32),
    Text(String),
    Other(IgnoredAny),
}

/// Yes or no from the file, or its word from the environment.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Switch {
    Is(bool),
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

#[derive(Default, Deserialize)]
pub(super) struct RawSettings {
    pub(super) bind: Option<Text>,
    pub(super) public_url: Option<Text>,
    pub(super) database: Option<Text>,
    pub(super) database_direct: Option<Text>,
    pub(super) ui_dir: Option<Text>,
    pub(super) twilio: Option<Account>,
    pub(super) edges: Option<List>,
    pub(super) dial: Option<DialTable>,
    pub(super) openid: Option<OpenIdTable>,
    pub(super) token_lifetime_s: Option<Seconds>,
    pub(super) session_lifetime_s: Option<Seconds>,
    pub(super) ring_timeout_s: Option<Seconds>,
    pub(super) call_time_limit_s: Option<Seconds>,
    pub(super) session_idle_s: Option<Seconds>,
    pub(super) audit_retention_days: Option<Seconds>,
    pub(super) trusted_proxies: Option<List>,
    pub(super) client_address_header: Option<Text>,
    pub(super) operations_bind: Option<Text>,
    pub(super) drain_s: Option<Seconds>,
    pub(super) cors_origins: Option<List>,
    /// Not settings: most likely misspelt ones.
    #[serde(flatten)]
    pub(super) unknown: BTreeMap<String, IgnoredAny>,
}

/// The table `[dial]`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum DialTable {
    Table(RawDial),
    Other(IgnoredAny),
}

#[derive(Deserialize)]
pub(super) struct RawDial {
    pub(super) countries: Option<List>,
    pub(super) shared_cost: Option<Switch>,
    pub(super) calls_at_once: Option<Seconds>,
    pub(super) minutes_per_day: Option<Seconds>,
    pub(super) server_minutes_per_day: Option<Seconds>,
    #[serde(flatten)]
    pub(super) unknown: BTreeMap<String, IgnoredAny>,
}

/// The table `[openid]`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum OpenIdTable {
    Table(RawOpenId),
    Other(IgnoredAny),
}

#[derive(Deserialize)]
pub(super) struct RawOpenId {
    pub(super) issuer: Option<Text>,
    pub(super) client_id: Option<Text>,
    pub(super) client_secret: Option<Text>,
    pub(super) name: Option<Text>,
    #[serde(flatten)]
    pub(super) unknown: BTreeMap<String, IgnoredAny>,
}

/// The table `[twilio]`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Account {
    Table(RawTwilio),
    Other(IgnoredAny),
}

#[derive(Default, Deserialize)]
pub(super) struct RawTwilio {
    pub(super) account_sid: Option<Text>,
    pub(super) auth_token: Option<Text>,
    pub(super) auth_token_secondary: Option<Text>,
    pub(super) api_key_sid: Option<Text>,
    pub(super) api_key_secret: Option<Text>,
    pub(super) application_sid: Option<Text>,
    #[serde(flatten)]
    pub(super) unknown: BTreeMap<String, IgnoredAny>,
}

/// Where lines are kept unless the settings say otherwise.
pub(super) fn default_database() -> PathBuf {
    PathBuf::from("sidetone.db")
}
