use serde::Deserialize;

use super::{client::Rest, error::RestError};

/// What the account may dial in a country ("Voice Geographic Permissions" in Twilio's console).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CountryPermissions {
    pub name: String,
    pub low_risk_numbers_enabled: bool,
    pub high_risk_special_numbers_enabled: bool,
    pub high_risk_tollfraud_numbers_enabled: bool,
}

impl Rest {
    /// The permissions of a country, by ISO 3166-1 alpha-2 code.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn permissions(&self, country: &str) -> Result<CountryPermissions, RestError> {
        let url = format!("{}/v1/DialingPermissions/Countries/{country}", self.hosts.voice);
        let what = "read the dialing permissions";
        self.get(url.clone(), what).await?.json(what, &url)
    }
}
