use reqwest::Method;
use serde::Deserialize;

use super::{
    client::{Ask, Rest},
    error::RestError,
    retry::Retry,
};

/// A TwiML App.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Application {
    /// `AP…`
    pub sid: String,
    pub friendly_name: Option<String>,
    pub voice_url: Option<String>,
    pub voice_method: Option<String>,
    pub voice_fallback_url: Option<String>,
    pub voice_fallback_method: Option<String>,
    pub status_callback: Option<String>,
    pub status_callback_method: Option<String>,
}

impl Rest {
    /// All TwiML Apps.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn applications(&self) -> Result<Vec<Application>, RestError> {
        self.list("Applications.json?PageSize=50", "applications", "list the TwiML Apps").await
    }

    /// Makes a TwiML App. Not tried again when it is unclear whether it was made ([`RestError::is_unclear`]).
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn create_application(&self, form: &[(String, String)]) -> Result<Application, RestError> {
        let (url, what) = (self.account_url("Applications.json"), "make a TwiML App");
        let ask = Ask { method: Method::POST, url: url.clone(), form, retry: Retry::OnlyUndone, what };
        self.ask(ask).await?.json(what, &url)
    }

    /// Changes a TwiML App.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn update_application(&self, sid: &str, form: &[(String, String)]) -> Result<(), RestError> {
        let url = self.account_url(&format!("Applications/{sid}.json"));
        let what = "change the TwiML App";
        self.ask(Ask { method: Method::POST, url, form, retry: Retry::Always, what }).await.map(drop)
    }

    /// Deletes a TwiML App; one that is gone already is fine.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn delete_application(&self, sid: &str) -> Result<(), RestError> {
        self.delete(&format!("Applications/{sid}.json"), "delete the TwiML App").await
    }
}
