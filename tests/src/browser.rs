//! A Chromium with a microphone that plays a tone, driven by ChromeDriver.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::surroundings::Surroundings;
use crate::{PATIENCE, hearing};

/// Phone width, so that what does not fit there fails here.
const WINDOW: (u32, u32) = (420, 860);
/// How often a ChromeDriver that ends at once is started.
const DRIVER_STARTS: usize = 5;
/// How often a Chromium is started that a busy machine lets start too slowly.
const SESSION_STARTS: usize = 4;

/// One person's browser: profile, microphone and cookies of its own.
pub struct Browser {
    pub(crate) client: Client,
    driver: Child,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// On this machine as it is.
    ///
    /// # Errors
    /// See [`Browser::open_among`].
    pub async fn open(microphone_hz: u32) -> Result<Self> {
        Self::open_among(&Surroundings::default(), microphone_hz).await
    }

    /// `microphone_hz`: the tone that its fake microphone plays.
    ///
    /// # Errors
    /// Chromium or ChromeDriver is missing or does not start.
    pub async fn open_among(surroundings: &Surroundings, microphone_hz: u32) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let microphone = profile.path().join("microphone.wav");
        hearing::write_tone(&microphone, microphone_hz)?;
        let (driver, address) = start_driver().await?;
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
        args.extend_from_slice(surroundings.arguments());
        args.push(format!("--window-size={},{}", WINDOW.0, WINDOW.1));
        args.push(format!("--use-file-for-fake-audio-capture={}", microphone.display()));
        args.push(format!("--user-data-dir={}", profile.path().join("profile").display()));
        let capabilities = json!({
            "goog:chromeOptions": { "args": args },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object literal") };
        let mut connection = ClientBuilder::new(HttpConnector::new());
        connection.capabilities(capabilities);
        let mut tries = 1;
        let client = loop {
            match connection.connect(&address).await {
                Err(error) if tries < SESSION_STARTS && is_late_start(&error.to_string()) => tries += 1,
                opened => {
                    break opened
                        .context("ChromeDriver did not open a Chromium session; is `chromium` installed?")?;
                }
            }
        };
        let browser = Self { client, driver, _profile: profile };
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": hearing::EARS })).await?;
        Ok(browser)
    }

    pub async fn goto(&self, url: &str) -> Result<()> {
        Ok(self.client.goto(url).await?)
    }

    pub async fn reload(&self) -> Result<()> {
        Ok(self.client.refresh().await?)
    }

    pub async fn title(&self) -> Result<String> {
        Ok(self.client.title().await?)
    }

    /// Runs the body of a function in the page.
    ///
    /// # Errors
    /// The script throws, or the browser is gone.
    pub async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Waits until the expression is true in the page, and gives its value.
    ///
    /// # Errors
    /// It stays false for [`PATIENCE`]; the error says what was waited for and what the page shows instead.
    pub async fn until(&self, what: &str, expression: &str) -> Result<Value> {
        let script = format!("return ({expression});");
        let waiting = async {
            loop {
                if let Ok(value) = self.run(&script).await
                    && !matches!(value, Value::Null | Value::Bool(false))
                    && value != ""
                {
                    return value;
                }
                tokio::time::sleep(Duration::from_millis(25)).await;
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(value) => Ok(value),
            Err(_) => {
                let shown = self.run("return document.body.innerText").await.unwrap_or_default();
                bail!("waited in vain for {what}; the page shows: {shown}")
            }
        }
    }

    /// Waits until the element is there and shown.
    pub async fn see(&self, css: &str) -> Result<Element> {
        self.until(&format!("{css} on the page"), &is_shown(css)).await?;
        Ok(self.client.find(Locator::Css(css)).await?)
    }

    /// Waits until nothing on the page matches.
    pub async fn see_no(&self, css: &str) -> Result<()> {
        self.until(&format!("{css} to go away"), &format!("!{}", is_shown(css))).await.map(|_| ())
    }

    /// A real click, at the place where the element is.
    pub async fn click(&self, css: &str) -> Result<()> {
        let element = self.see(css).await?;
        // The driver would bring it to the edge of the window, where a bar may lie over it.
        self.run(&format!("document.querySelector({css:?})?.scrollIntoView({{block: 'center'}})")).await?;
        element.click().await.with_context(|| format!("clicking {css}"))
    }

    /// Presses the mouse on the element, and keeps it down.
    pub async fn holds(&self, css: &str) -> Result<()> {
        let element = self.see(css).await?;
        let to = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        let down = PointerAction::Down { button: MOUSE_BUTTON_LEFT };
        Ok(self.client.perform_actions(MouseActions::new("mouse".into()).then(to).then(down)).await?)
    }

    /// Lets every button and key go.
    pub async fn lets_go(&self) -> Result<()> {
        Ok(self.client.release_actions().await?)
    }

    pub async fn text(&self, css: &str) -> Result<String> {
        Ok(self.see(css).await?.text().await?)
    }

    pub async fn attribute(&self, css: &str, name: &str) -> Result<Option<String>> {
        Ok(self.see(css).await?.attr(name).await?)
    }

    /// Presses keys on whatever has the focus, one after the other.
    pub async fn keys(&self, keys: &str) -> Result<()> {
        for value in keys.chars() {
            let press = KeyActions::new("keyboard".into())
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
            self.client.perform_actions(press).await?;
        }
        Ok(())
    }

    /// Sets the size of the page and its colour scheme.
    pub async fn look(&self, width: u32, height: u32, dark: bool) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await?;
        let scheme = if dark { "dark" } else { "light" };
        let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", feature).await?;
        Ok(())
    }

    /// Everything that moves has come to rest, but for what never does.
    pub async fn rests(&self) -> Result<()> {
        let moving = "document.getAnimations().some((animation) => animation.playState === 'running' \
             && animation.effect.getComputedTiming().iterations !== Infinity)";
        self.until("the page to come to rest", &format!("!{moving}")).await.map(|_| ())
    }

    /// PNG of what is on the screen.
    pub async fn screenshot(&self) -> Result<Vec<u8>> {
        self.rests().await?;
        Ok(self.client.screenshot().await?)
    }

    /// What the page wrote to its console since the last time.
    pub async fn console(&self) -> Result<Vec<String>> {
        let entries = self.log("browser").await?;
        Ok(entries.iter().filter_map(|entry| entry["message"].as_str()).map(String::from).collect())
    }

    /// Every URL that the browser asked for since the last time, WebSockets included.
    pub async fn requests(&self) -> Result<Vec<String>> {
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

    /// What DevTools told of all tabs since the last time.
    pub(crate) async fn events(&self) -> Result<Vec<Value>> {
        let entries = self.log("performance").await?;
        let event = |entry: &Value| -> Option<Value> {
            let mut told: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            Some(told["message"].take())
        };
        Ok(entries.iter().filter_map(event).collect())
    }

    /// A command of the Chrome DevTools Protocol.
    pub async fn devtools(&self, command: &'static str, params: Value) -> Result<Value> {
        let body = json!({ "cmd": command, "params": params });
        Ok(self.client.issue_cmd(Vendor { path: "goog/cdp/execute", body }).await?)
    }

    /// Ends the session, and Chromium with it.
    pub async fn close(mut self) -> Result<()> {
        let closed = self.client.close().await;
        self.driver.kill().await?;
        Ok(closed?)
    }

    async fn log(&self, kind: &str) -> Result<Vec<Value>> {
        let answer = self.client.issue_cmd(Vendor { path: "se/log", body: json!({ "type": kind }) }).await?;
        match answer {
            Value::Array(entries) => Ok(entries),
            other => Err(anyhow!("ChromeDriver's log is no list: {other}")),
        }
    }
}

/// JavaScript: the element is there and shown. One with `display: contents` is shown when something in it is.
fn is_shown(css: &str) -> String {
    format!("[{css:?}, {css:?} + ' > *'].some((css) => document.querySelector(css)?.checkVisibility())")
}

/// Whether ChromeDriver gave up because Chromium had not written in time on which port it can be reached.
fn is_late_start(error: &str) -> bool {
    error.contains("DevToolsActivePort") || error.contains("Devtools port number file")
}

/// On a free port.
async fn start_driver() -> Result<(Child, String)> {
    let mut said = String::new();
    for _ in 0..DRIVER_STARTS {
        match try_driver().await? {
            Ok(started) => return Ok(started),
            Err(output) => said = output,
        }
    }
    bail!("ChromeDriver ended {DRIVER_STARTS} times before it said its port; it said: {said}")
}

/// The inner error is what a ChromeDriver said that ended at once: it takes a free IPv4 port, and gives up when
/// somebody else has the IPv6 port of the same number.
async fn try_driver() -> Result<Result<(Child, String), String>> {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("`chromedriver` did not start; on Debian it is in the package chromium-driver")?;
    let output = driver.stdout.take().context("ChromeDriver's output")?;
    let mut lines = BufReader::new(output).lines();
    let mut said = String::new();
    while let Some(line) = lines.next_line().await? {
        if let Some((_, rest)) = line.split_once("started successfully on port ") {
            let port = rest.trim_end_matches('.').to_owned();
            // its output must be read on, or it stops when the pipe is full
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(Ok((driver, format!("http://127.0.0.1:{port}"))));
        }
        said = line;
    }
    Ok(Err(said))
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
