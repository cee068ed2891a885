//! The account: credentials, the TwiML App and the Twilio numbers.

use serde::Deserialize;

use super::key::KeyKind;
use super::standing::{AccountKind, AccountStatus};
use crate::core::method::Method;
use crate::core::token::Issuers;

/// One Twilio account.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Account {
    /// `AC…`
    pub sid: String,
    /// The primary auth token: signs webhooks.
    pub auth_token: String,
    /// The secondary auth token: opens the REST API, signs nothing until it is promoted.
    pub secondary_auth_token: Option<String>,
    /// Whether the account works.
    pub status: AccountStatus,
    /// Paid or not.
    pub kind: AccountKind,
    /// `SK…`: the issuer of access tokens. Empty: the account has no API key yet.
    pub api_key_sid: String,
    /// What that key may do.
    pub api_key_kind: KeyKind,
    /// The secret that access tokens are signed with.
    pub api_key_secret: String,
    /// `AP…`: a TwiML App. Empty: the account has none yet.
    pub application_sid: String,
    /// Voice URL of the TwiML App; `None` until it is configured.
    pub voice_url: Option<String>,
    /// The numbers that the account owns.
    pub numbers: Vec<Number>,
    /// Verified caller ids, E.164.
    pub outgoing_caller_ids: Vec<String>,
    /// ISO codes of countries that the account may not call; all others it may.
    pub disabled_countries: Vec<String>,
    /// Files of recordings are for those with credentials only. Twilio has a switch for it, and lets accounts choose.
    pub media_needs_auth: bool,
    /// ISO code of the account's country: numbers without `+` in `<Number>` are national ones of it. Twilio names the
    /// United States only.
    pub country: String,
}

impl Default for Account {
    /// Well-known credentials that work nowhere else.
    fn default() -> Self {
        Self {
            sid: "AC00000000000000000000000000000001".into(),
            auth_token: "0123456789abcdef0123456789abcdef".into(),
            secondary_auth_token: None,
            status: AccountStatus::Active,
            kind: AccountKind::Full,
            api_key_kind: KeyKind::Standard,
            api_key_sid: "SK00000000000000000000000000000001".into(),
            api_key_secret: "emulator-api-key-secret-00000000".into(),
            application_sid: "AP00000000000000000000000000000001".into(),
            voice_url: None,
            numbers: Vec::new(),
            outgoing_caller_ids: Vec::new(),
            disabled_countries: Vec::new(),
            media_needs_auth: true,
            country: "US".into(),
        }
    }
}

/// Secrets never reach a log by way of `{:?}`.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("sid", &self.sid)
            .field("api_key_sid", &self.api_key_sid)
            .field("application_sid", &self.application_sid)
            .field("voice_url", &self.voice_url)
            .field("numbers", &self.numbers)
            .finish_non_exhaustive()
    }
}

impl Account {
    /// The number's entry when the account owns it.
    #[must_use]
    pub fn number(&self, phone_number: &str) -> Option<&Number> {
        self.numbers.iter().find(|number| number.phone_number == phone_number)
    }
}

impl Issuers for Account {
    fn account_sid(&self) -> &str {
        &self.sid
    }

    fn secret(&self, key_sid: &str) -> Option<&str> {
        (self.api_key_sid == key_sid).then_some(self.api_key_secret.as_str())
    }
}

/// A phone number that the account owns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// E.164.
    pub phone_number: String,
    /// Asked for TwiML when the number is called.
    #[serde(default)]
    pub voice_url: Option<String>,
    /// Method for `voice_url`.
    #[serde(default)]
    pub voice_method: Method,
    /// Told once when a call to the number has ended.
    #[serde(default)]
    pub status_callback: Option<String>,
    /// Asked for TwiML when `voice_url` fails.
    #[serde(default)]
    pub voice_fallback_url: Option<String>,
    /// `AP…`: a TwiML App takes the calls, whatever the URLs say.
    #[serde(default)]
    pub voice_application_sid: Option<String>,
    /// What people call it; the number itself when it is not given.
    #[serde(default)]
    pub friendly_name: Option<String>,
    /// It has text messages and no calls.
    #[serde(default)]
    pub text_only: bool,
}
