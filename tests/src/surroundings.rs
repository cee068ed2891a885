//! What a browser finds in place of the Internet.

use std::net::SocketAddr;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::authority::Authority;

/// The default is this machine as it is: no name leads elsewhere, no certificate is believed.
#[derive(Clone, Default)]
pub struct Surroundings {
    twilio: Option<TwilioHere>,
    /// The best first, such as `ja-JP,ja`.
    languages: Option<String>,
    /// The user blocks cookies and all other site data.
    blocks_site_data: bool,
}

#[derive(Clone)]
struct TwilioHere {
    address: SocketAddr,
    /// Of the certificate's key.
    key_hash: String,
}

impl Surroundings {
    /// Every host of Twilio's is at this address, and the authority's certificate is believed. Page and SDK stay as they
    /// are, and find Twilio where they always look for it.
    pub fn with_twilio_at(address: SocketAddr, authority: &Authority) -> Self {
        let twilio = TwilioHere { address, key_hash: authority.key_hash().to_string() };
        Self { twilio: Some(twilio), ..Self::default() }
    }

    /// The same with a browser that asks for these languages, the best first, such as `ja-JP,ja`.
    #[must_use]
    pub fn speaking(&self, languages: &str) -> Self {
        Self { languages: Some(languages.to_owned()), ..self.clone() }
    }

    /// The same with a browser whose user blocks cookies and all other site data.
    #[must_use]
    pub fn without_site_data(&self) -> Self {
        Self { blocks_site_data: true, ..self.clone() }
    }

    /// What Chromium's settings page would set.
    pub(crate) fn preferences_of_chromium(&self) -> Value {
        const BLOCKED: u32 = 2;
        if self.blocks_site_data {
            json!({ "profile.default_content_setting_values.cookies": BLOCKED })
        } else {
            json!({})
        }
    }

    pub(crate) fn arguments_of_chromium(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        if let Some(TwilioHere { address, key_hash }) = &self.twilio {
            arguments.push(format!("--host-resolver-rules=MAP *.twilio.com {address}"));
            arguments.push(format!("--ignore-certificate-errors-spki-list={key_hash}"));
        }
        arguments.extend(self.languages.as_ref().map(|languages| format!("--accept-lang={languages}")));
        arguments
    }

    /// # Errors
    /// Firefox has no setting that leads all hosts of a name elsewhere.
    pub(crate) fn preferences_of_firefox(&self) -> Result<Vec<(&'static str, Value)>> {
        if self.twilio.is_some() {
            bail!("Firefox cannot be led to an emulator by Twilio's host names; this scenario is Chromium's");
        }
        if self.blocks_site_data {
            bail!("how Firefox blocks site data nobody has tried; this scenario is Chromium's");
        }
        Ok(self.languages.iter().map(|languages| ("intl.accept_languages", json!(languages))).collect())
    }

    /// The URL is of this machine, or of no machine at all, such as `blob:` and the browser's own pages.
    pub(crate) fn hold(&self, url: &str) -> bool {
        let on_the_network = ["http:", "https:", "ws:", "wss:"].iter().any(|scheme| url.starts_with(scheme));
        let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        !on_the_network
            || host.is_some_and(|host| {
                matches!(&*host, "localhost" | "127.0.0.1")
                    || (self.twilio.is_some() && host.ends_with(".twilio.com"))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_host_is_noticed() {
        let here = Surroundings::default();
        for url in
            ["http://localhost:1/a", "ws://127.0.0.1:2/signal", "blob:http://localhost/x", "chrome://newtab/"]
        {
            assert!(here.hold(url), "{url}");
        }
        let twilio = "wss://voice-js.roaming.twilio.com/signal";
        for url in
            ["https://sdk.twilio.com/a.mp3", twilio, "https://10.0.0.1/", "http://localhost.example.com/"]
        {
            assert!(!here.hold(url), "{url}");
        }
        let led = TwilioHere { address: SocketAddr::from(([127, 0, 0, 1], 1)), key_hash: String::new() };
        let led = Surroundings { twilio: Some(led), ..here };
        assert!(led.hold(twilio) && !led.hold("https://twilio.com.example.com/"));
    }
}
