//! Firefox, by geckodriver and WebDriver BiDi.

use std::path::Path;

use anyhow::{Context, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::process::Child;

use super::WINDOW;
use super::bidi::Bidi;
use super::driver::{self, Program};
use super::sound_card::SoundCard;
use crate::surroundings::Surroundings;

const DRIVER: Program = Program {
    name: "geckodriver",
    hint: "`make firefox` builds it, and has it on its PATH",
    mark: "Listening on 127.0.0.1:",
};

/// What a Firefox has beside WebDriver.
pub(super) struct Beside {
    pub(super) bidi: Bidi,
    _card: SoundCard,
}

pub(super) async fn open(
    folder: &Path,
    surroundings: &Surroundings,
    microphone_hz: u32,
) -> Result<(Client, Child, Beside)> {
    let profiles = format!("--profile-root={}", folder.display());
    let card = SoundCard::start(folder).await?;
    let arguments = ["--port=0", "--websocket-port=0", &profiles];
    let (driver, address) = driver::start(&DRIVER, &arguments, &[card.variable()]).await?;
    let mut preferences = json!({
        // a microphone that plays a tone, and no question whether the page may use it
        "media.navigator.streams.fake": true,
        "media.navigator.audio.fake_frequency": microphone_hz,
        "media.navigator.permission.disabled": true,
        // what a browser asks the Internet by itself
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "network.trr.mode": 5,
        "dom.push.connection.enabled": false,
        "security.OCSP.enabled": 0,
        "browser.region.network.url": "",
        "app.normandy.enabled": false,
        "extensions.systemAddon.update.enabled": false,
        "browser.newtabpage.activity-stream.feeds.system.topstories": false,
    });
    for (name, value) in surroundings.preferences_of_firefox()? {
        preferences[name] = value;
    }
    let capabilities = json!({
        "browserName": "firefox",
        "webSocketUrl": true,
        "moz:firefoxOptions": {
            "binary": binary(),
            "args": ["-headless", "-width", WINDOW.0.to_string(), "-height", WINDOW.1.to_string()],
            "prefs": preferences,
        },
    });
    let Value::Object(capabilities) = capabilities else { unreachable!("an object literal") };
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&address)
        .await
        .context("geckodriver did not open a Firefox session; is `firefox-esr` installed?")?;
    let opened = client.capabilities().and_then(|opened| opened.get("webSocketUrl"));
    let url = opened.and_then(Value::as_str).context("this Firefox speaks no WebDriver BiDi")?;
    let bidi = Bidi::connect(url).await?;
    Ok((client, driver, Beside { bidi, _card: card }))
}

/// Debian's name for it comes first; geckodriver finds other installations by itself.
fn binary() -> Option<&'static str> {
    let debian = "/usr/bin/firefox-esr";
    Path::new(debian).exists().then_some(debian)
}
