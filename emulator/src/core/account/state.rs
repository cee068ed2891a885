//! The account itself.

use jiff::Timestamp;

use super::application::Application;
use super::caller_id::CallerId;
use super::configured::Account;
use super::country::Country;
use super::dialled::dialled_number;
use super::key::{Key, KeyKind};
use super::number::{OwnedNumber, number_sid};
use super::permissions::{Permission, Permissions};
use super::standing::{AccountKind, AccountStatus};
use super::voice::{VoiceSettings, present};
use crate::core::token::Issuers;

/// Everything of the configuration was made at the first second of 2024.
const BORN: i64 = 1_704_067_200;

/// An account and what belongs to it.
#[derive(Clone)]
pub struct AccountState {
    /// `AC…`
    pub sid: String,
    /// What people call it.
    pub friendly_name: String,
    /// The primary auth token: signs webhooks.
    pub auth_token: String,
    /// The secondary auth token: opens the REST API as well.
    pub secondary_auth_token: Option<String>,
    /// Whether it works.
    pub status: AccountStatus,
    /// Whether somebody pays.
    pub kind: AccountKind,
    /// API keys.
    pub keys: Vec<Key>,
    /// TwiML Apps.
    pub applications: Vec<Application>,
    /// Twilio numbers.
    pub numbers: Vec<OwnedNumber>,
    /// Verified caller ids.
    pub caller_ids: Vec<CallerId>,
    /// Countries that may be called.
    pub permissions: Permissions,
    /// Files of recordings are for those with credentials only.
    pub media_needs_auth: bool,
    /// ISO code: numbers without `+` are national ones of this country.
    pub country: String,
    /// When it was made.
    pub created: Timestamp,
    /// The TwiML App of the configuration.
    first_application: String,
}

/// Who is asked about a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handling {
    /// The URLs.
    pub voice: VoiceSettings,
    /// The TwiML App that they belong to.
    pub application_sid: Option<String>,
}

/// Secrets never reach a log by way of `{:?}`.
impl std::fmt::Debug for AccountState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountState")
            .field("sid", &self.sid)
            .field("status", &self.status)
            .field("kind", &self.kind)
            .field("keys", &self.keys)
            .field("applications", &self.applications)
            .field("numbers", &self.numbers)
            .finish_non_exhaustive()
    }
}

impl AccountState {
    /// The account as it is configured. An empty `application_sid` or `api_key_sid` makes none.
    #[must_use]
    pub fn new(config: &Account) -> Self {
        let born = Timestamp::from_second(BORN).unwrap_or_default();
        let mut permissions = Permissions::default();
        for country in &config.disabled_countries {
            permissions.set(country, Permission::NONE);
        }
        let key = Key {
            sid: config.api_key_sid.clone(),
            secret: config.api_key_secret.clone(),
            friendly_name: "Emulator".into(),
            kind: config.api_key_kind,
            created: born,
            updated: born,
        };
        let application = Application {
            sid: config.application_sid.clone(),
            friendly_name: "Emulator".into(),
            voice: VoiceSettings { voice_url: config.voice_url.clone(), ..VoiceSettings::default() },
            created: born,
            updated: born,
        };
        let caller_ids = config.outgoing_caller_ids.iter().map(|number| CallerId {
            sid: number_sid(number),
            phone_number: number.clone(),
            created: born,
        });
        Self {
            sid: config.sid.clone(),
            friendly_name: "Emulated account".into(),
            auth_token: config.auth_token.clone(),
            secondary_auth_token: config.secondary_auth_token.clone(),
            status: config.status,
            kind: config.kind,
            keys: Some(key).filter(|key| !key.sid.is_empty()).into_iter().collect(),
            applications: Some(application).filter(|app| !app.sid.is_empty()).into_iter().collect(),
            numbers: config.numbers.iter().map(|number| OwnedNumber::new(number, born)).collect(),
            caller_ids: caller_ids.collect(),
            permissions,
            media_needs_auth: config.media_needs_auth,
            country: config.country.clone(),
            created: born,
            first_application: config.application_sid.clone(),
        }
    }

    /// The number when the account owns it.
    #[must_use]
    pub fn number(&self, phone_number: &str) -> Option<&OwnedNumber> {
        self.numbers.iter().find(|number| number.phone_number == phone_number)
    }

    /// The E.164 form of a number as a document writes it: E.164, or national of the account's country.
    #[must_use]
    pub fn e164(&self, text: &str) -> Option<String> {
        dialled_number(text, Country::by_iso(&self.country))
    }

    /// The TwiML App when the account has it.
    #[must_use]
    pub fn application(&self, sid: &str) -> Option<&Application> {
        self.applications.iter().find(|application| application.sid == sid)
    }

    /// Whether a call may show this number: it is owned or verified.
    #[must_use]
    pub fn may_show(&self, phone_number: &str) -> bool {
        self.number(phone_number).is_some() || self.is_verified(phone_number)
    }

    /// Whether the number is a verified caller id.
    #[must_use]
    pub fn is_verified(&self, phone_number: &str) -> bool {
        self.caller_ids.iter().any(|caller| caller.phone_number == phone_number)
    }

    /// Who is asked about a call to this number of the account: its TwiML App if it has one, else itself.
    #[must_use]
    pub fn number_handling(&self, phone_number: &str) -> Option<Handling> {
        let number = self.number(phone_number)?;
        if number.voice_application_sid.is_empty() {
            return Some(Handling { voice: number.voice.clone(), application_sid: None });
        }
        Some(self.application_handling(&number.voice_application_sid))
    }

    /// Who is asked about a call of a browser with this TwiML App. Nobody, when it is gone.
    #[must_use]
    pub fn application_handling(&self, sid: &str) -> Handling {
        let voice = self.application(sid).map(|application| application.voice.clone());
        Handling { voice: voice.unwrap_or_default(), application_sid: Some(sid.to_owned()) }
    }

    /// Configures the Voice URL of the TwiML App that the configuration named.
    pub(super) fn set_application_voice_url(&mut self, url: String) {
        let first = &self.first_application;
        if let Some(application) = self.applications.iter_mut().find(|app| app.sid == *first) {
            application.voice.voice_url = Some(url);
        }
    }

    /// Configures the Voice URL of a number.
    pub(super) fn set_number_voice_url(&mut self, phone_number: &str, url: String) {
        if let Some(number) = self.numbers.iter_mut().find(|number| number.phone_number == phone_number) {
            number.voice.voice_url = Some(url);
        }
    }

    /// The secondary auth token becomes the primary one, and the primary one is void. Nothing happens without one.
    pub(super) fn promote_secondary_token(&mut self) {
        if let Some(token) = self.secondary_auth_token.take() {
            self.auth_token = token;
        }
    }

    /// Whether one of the auth tokens is this one.
    #[must_use]
    pub fn has_auth_token(&self, token: &str) -> bool {
        self.auth_token == token || present(self.secondary_auth_token.as_ref()) == Some(token)
    }

    /// What a key may do, when the secret is right.
    #[must_use]
    pub fn key_kind(&self, sid: &str, secret: &str) -> Option<KeyKind> {
        self.keys.iter().find(|key| key.sid == sid && key.secret == secret).map(|key| key.kind)
    }
}

impl Issuers for AccountState {
    fn account_sid(&self) -> &str {
        &self.sid
    }

    fn secret(&self, key_sid: &str) -> Option<&str> {
        self.keys.iter().find(|key| key.sid == key_sid).map(|key| key.secret.as_str())
    }
}
