//! Chromium, by ChromeDriver.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::process::Child;

use super::driver::{self, Program};
use super::{Browser, WINDOW};
use crate::hearing;
use crate::surroundings::Surroundings;

const DRIVER: Program = Program {
    name: "chromedriver",
    hint: "on Debian it is in the package chromium-driver",
    mark: "started successfully on port ",
};
/// How often a Chromium is started that a busy machine lets start too slowly.
const SESSION_STARTS: usize = 4;

pub(super) async fn open(
    folder: &Path,
    surroundings: &Surroundings,
    microphone_hz: u32,
) -> Result<(Client, Child)> {
    let microphone = folder.join("microphone.wav");
    hearing::write_tone(&microphone, microphone_hz)?;
    let (driver, address) = driver::start(&DRIVER, &["--port=0"], &[]).await?;
    let mut args: Vec<String> = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        // a machine with no network but loopback, such as a sandbox
        "--allow-loopback-in-peer-connection",
    ]
    .map(String::from)
    .into();
    args.extend(surroundings.arguments_of_chromium());
    args.push(format!("--window-size={},{}", WINDOW.0, WINDOW.1));
    args.push(format!("--use-file-for-fake-audio-capture={}", microphone.display()));
    args.push(format!("--user-data-dir={}", folder.join("profile").display()));
    let capabilities = json!({
        "goog:chromeOptions": { "args": args, "prefs": surroundings.preferences_of_chromium() },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    });
    let Value::Object(capabilities) = capabilities else { unreachable!("an object literal") };
    let mut connection = ClientBuilder::new(HttpConnector::new());
    connection.capabilities(capabilities);
    let mut tries = 1;
    loop {
        match connection.connect(&address).await {
            Err(error) if tries < SESSION_STARTS && is_late_start(&error.to_string()) => tries += 1,
            opened => {
                let client = opened
                    .context("ChromeDriver did not open a Chromium session; is `chromium` installed?")?;
                return Ok((client, driver));
            }
        }
    }
}

/// Whether ChromeDriver gave up because Chromium had not written in time on which port it can be reached.
fn is_late_start(error: &str) -> bool {
    error.contains("DevToolsActivePort") || error.contains("Devtools port number file")
}

impl Browser {
    /// A command of the Chrome DevTools Protocol.
    ///
    /// # Errors
    /// It fails, or this is no Chromium.
    pub async fn devtools(&self, command: &'static str, params: Value) -> Result<Value> {
        let body = json!({ "cmd": command, "params": params });
        let done = self.client.issue_cmd(Vendor { path: "goog/cdp/execute", body }).await;
        done.with_context(|| format!("{command}, which Chromium alone has"))
    }

    /// What DevTools told of all tabs since the last time.
    pub(crate) async fn events(&self) -> Result<Vec<Value>> {
        let entries = self.log("performance").await?;
        let event = |entry: &Value| -> Option<Value> {
            let mut told: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            Some(told["message"].take())
        };
        Ok(entries.iter().filter_map(event).collect())
    }

    pub(super) async fn console_of_chromium(&self) -> Result<Vec<String>> {
        let entries = self.log("browser").await?;
        Ok(entries.iter().filter_map(|entry| entry["message"].as_str()).map(String::from).collect())
    }

    pub(super) async fn requests_of_chromium(&self) -> Result<Vec<String>> {
        let mut urls = Vec::new();
        for event in self.events().await? {
            let params = &event["params"];
            let url = match event["method"].as_str() {
                Some("Network.requestWillBeSent") => &params["request"]["url"],
                Some("Network.webSocketCreated") => &params["url"],
                _ => continue,
            };
            urls.extend(url.as_str().map(String::from));
        }
        Ok(urls)
    }

    async fn log(&self, kind: &str) -> Result<Vec<Value>> {
        let answer = self.client.issue_cmd(Vendor { path: "se/log", body: json!({ "type": kind }) }).await?;
        match answer {
            Value::Array(entries) => Ok(entries),
            other => Err(anyhow!("ChromeDriver's log is no list: {other}")),
        }
    }
}

/// A command that ChromeDriver has beside the WebDriver standard.
#[derive(Debug)]
struct Vendor {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
