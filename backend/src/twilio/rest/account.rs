use serde::Deserialize;

use super::{client::Rest, error::RestError};

/// The account.
#[derive(Clone, Debug, Deserialize)]
pub struct Account {
    /// `AC…`
    pub sid: String,
    #[serde(default)]
    pub friendly_name: String,
    pub status: AccountStatus,
    /// `Full` or `Trial`
    #[serde(rename = "type", default)]
    pub kind: String,
    /// The answer's `Date` header: Twilio's clock.
    #[serde(skip)]
    pub date: Option<String>,
}

/// Whether the account works.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum AccountStatus {
    Active,
    Suspended,
    Closed,
}

impl Account {
    /// A trial account has limits of its own.
    pub fn is_trial(&self) -> bool {
        self.kind.eq_ignore_ascii_case("trial")
    }
}

impl Rest {
    /// The account that the credentials are of.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn account(&self) -> Result<Account, RestError> {
        let (url, what) = (self.own_url(), "read the account");
        let answer = self.get(url.clone(), what).await?;
        let account: Account = answer.json(what, &url)?;
        Ok(Account { date: answer.date, ..account })
    }
}
