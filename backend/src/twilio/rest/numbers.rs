use reqwest::Method;
use serde::Deserialize;

use super::{
    client::{Ask, Rest},
    error::RestError,
    retry::Retry,
};

/// A Twilio phone number of the account.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Number {
    /// `PN…`
    pub sid: String,
    /// E.164
    pub phone_number: String,
    pub friendly_name: Option<String>,
    pub capabilities: Capabilities,
    pub voice_url: Option<String>,
    pub voice_method: Option<String>,
    pub voice_fallback_url: Option<String>,
    pub voice_fallback_method: Option<String>,
    pub status_callback: Option<String>,
    pub status_callback_method: Option<String>,
    /// A TwiML App in place of the URLs.
    pub voice_application_sid: Option<String>,
    /// A SIP trunk in place of all of them.
    pub trunk_sid: Option<String>,
}

/// What a number can do.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Capabilities {
    pub voice: bool,
}

impl Rest {
    /// All phone numbers of the account.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn numbers(&self) -> Result<Vec<Number>, RestError> {
        let path = "IncomingPhoneNumbers.json?PageSize=50";
        self.list(path, "incoming_phone_numbers", "list the phone numbers").await
    }

    /// Changes what a number does.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn update_number(&self, sid: &str, form: &[(String, String)]) -> Result<(), RestError> {
        let url = self.account_url(&format!("IncomingPhoneNumbers/{sid}.json"));
        let what = "change the phone number";
        self.ask(Ask { method: Method::POST, url, form, retry: Retry::Always, what }).await.map(drop)
    }
}
