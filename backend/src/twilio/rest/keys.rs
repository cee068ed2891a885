use reqwest::Method;
use secrecy::SecretString;
use serde::Deserialize;

use super::{
    client::{Ask, Rest},
    error::RestError,
    retry::Retry,
};

/// An API key; its secret was told once, when it was made.
#[derive(Clone, Debug, Deserialize)]
pub struct Key {
    /// `SK…`
    pub sid: String,
    #[serde(default)]
    pub friendly_name: Option<String>,
}

/// An API key that has just been made.
pub struct NewKey {
    /// `SK…`
    pub sid: String,
    pub secret: SecretString,
}

#[derive(Deserialize)]
struct Made {
    sid: String,
    secret: String,
}

impl Rest {
    /// All API keys.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn keys(&self) -> Result<Vec<Key>, RestError> {
        self.list("Keys.json?PageSize=50", "keys", "list the API keys").await
    }

    /// Makes an API key. Not tried again when it is unclear whether it was made ([`RestError::is_unclear`]).
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn create_key(&self, friendly_name: &str) -> Result<NewKey, RestError> {
        let (url, what) = (self.account_url("Keys.json"), "make an API key");
        let form = [("FriendlyName".to_owned(), friendly_name.to_owned())];
        let ask = Ask { method: Method::POST, url: url.clone(), form: &form, retry: Retry::OnlyUndone, what };
        let Made { sid, secret } = self.ask(ask).await?.json(what, &url)?;
        Ok(NewKey { sid, secret: SecretString::from(secret) })
    }

    /// Deletes an API key; one that is gone already is fine.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn delete_key(&self, sid: &str) -> Result<(), RestError> {
        self.delete(&format!("Keys/{sid}.json"), "delete an API key").await
    }

    /// Whether the credentials of this client (an API key's) are accepted.
    ///
    /// # Errors
    /// See [`RestError`]; a refusal of the credentials is `false`.
    pub async fn signs_in(&self) -> Result<bool, RestError> {
        // Something that a standard key may read.
        let url = self.account_url("Applications.json?PageSize=1");
        match self.get(url, "use the API key").await {
            Ok(_) => Ok(true),
            Err(error) if error.status() == Some(401) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn delete(&self, path: &str, what: &str) -> Result<(), RestError> {
        let url = self.account_url(path);
        match self.ask(Ask { method: Method::DELETE, url, form: &[], retry: Retry::Always, what }).await {
            Err(error) if error.status() != Some(404) => Err(error),
            _ => Ok(()),
        }
    }
}
