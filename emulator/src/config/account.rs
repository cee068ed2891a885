//! The account: credentials, the TwiML App and the Twilio numbers.

use serde::Deserialize;

/// HTTP method of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Parameters in the query string.
    Get,
    /// Parameters as a form; Twilio's default.
    #[default]
    Post,
}

impl Method {
    /// The method's name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

/// One Twilio account.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Account {
    /// `AC…`
    pub sid: String,
    /// The primary auth token: signs webhooks.
    pub auth_token: String,
    /// `SK…`: the issuer of access tokens.
    pub api_key_sid: String,
    /// The secret that access tokens are signed with.
    pub api_key_secret: String,
    /// `AP…`: the only TwiML App.
    pub application_sid: String,
    /// Voice URL of the TwiML App; `None` until it is configured.
    pub voice_url: Option<String>,
    /// The numbers that the account owns.
    pub numbers: Vec<Number>,
}

impl Default for Account {
    /// Well-known credentials that work nowhere else.
    fn default() -> Self {
        Self {
            sid: "AC00000000000000000000000000000001".into(),
            auth_token: "0123456789abcdef0123456789abcdef".into(),
            api_key_sid: "SK00000000000000000000000000000001".into(),
            api_key_secret: "emulator-api-key-secret-00000000".into(),
            application_sid: "AP00000000000000000000000000000001".into(),
            voice_url: None,
            numbers: Vec::new(),
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
}
