//! What a browser finds in place of the Internet.

use std::net::SocketAddr;

use crate::authority::Authority;

/// The default is this machine as it is: no name leads elsewhere, no certificate is believed.
#[derive(Clone, Default)]
pub struct Surroundings {
    /// Chromium's.
    arguments: Vec<String>,
    twilio_is_here: bool,
}

impl Surroundings {
    /// Every host of Twilio's is at this address, and the authority's certificate is believed. Page and SDK stay as they
    /// are, and find Twilio where they always look for it.
    pub fn with_twilio_at(address: SocketAddr, authority: &Authority) -> Self {
        let arguments = vec![
            format!("--host-resolver-rules=MAP *.twilio.com {address}"),
            format!("--ignore-certificate-errors-spki-list={}", authority.key_hash()),
        ];
        Self { arguments, twilio_is_here: true }
    }

    /// The same with a browser that asks for these languages, the best first, such as `ja-JP,ja`.
    #[must_use]
    pub fn speaking(&self, languages: &str) -> Self {
        let mut surroundings = self.clone();
        surroundings.arguments.push(format!("--accept-lang={languages}"));
        surroundings
    }

    pub(crate) fn arguments(&self) -> &[String] {
        &self.arguments
    }

    /// The URL is of this machine, or of no machine at all, such as `blob:` and the browser's own pages.
    pub(crate) fn hold(&self, url: &str) -> bool {
        let on_the_network = ["http:", "https:", "ws:", "wss:"].iter().any(|scheme| url.starts_with(scheme));
        let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        !on_the_network
            || host.is_some_and(|host| {
                matches!(&*host, "localhost" | "127.0.0.1")
                    || (self.twilio_is_here && host.ends_with(".twilio.com"))
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
        let led = Surroundings { twilio_is_here: true, ..here };
        assert!(led.hold(twilio) && !led.hold("https://twilio.com.example.com/"));
    }
}
