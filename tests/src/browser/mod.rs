//! A person's browser, with a microphone that plays a tone: Chromium, or Firefox.

mod bidi;
mod chromium;
mod driver;
mod firefox;
mod sound_card;

use std::time::Duration;

use anyhow::{Context, Result, bail};
use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tokio::process::Child;

use crate::surroundings::Surroundings;
use crate::{PATIENCE, hand, hearing};

/// Phone width, so that what does not fit there fails here.
const WINDOW: (u32, u32) = (420, 860);
/// Whose browser people have: `chromium`, which it is unless something is said, or `firefox`.
const CHOICE: &str = "E2E_BROWSER";

/// One person's browser: profile, microphone and cookies of its own.
pub struct Browser {
    pub(crate) client: Client,
    make: Make,
    driver: Child,
    _folder: tempfile::TempDir,
}

/// Beside WebDriver, which both speak.
enum Make {
    /// ChromeDriver's own commands.
    Chromium,
    Firefox(Box<firefox::Beside>),
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
    /// The browser or its driver is missing or does not start.
    pub async fn open_among(surroundings: &Surroundings, microphone_hz: u32) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let choice = std::env::var(CHOICE).unwrap_or_else(|_| "chromium".to_owned());
        let (client, driver, make) = match &*choice {
            "chromium" => {
                let (client, driver) = chromium::open(folder.path(), surroundings, microphone_hz).await?;
                (client, driver, Make::Chromium)
            }
            "firefox" => {
                let (client, driver, beside) =
                    firefox::open(folder.path(), surroundings, microphone_hz).await?;
                (client, driver, Make::Firefox(Box::new(beside)))
            }
            other => bail!("{CHOICE} is {other:?}; it may be \"chromium\" or \"firefox\""),
        };
        let browser = Self { client, make, driver, _folder: folder };
        browser.watches_pages().await?;
        Ok(browser)
    }

    /// Gives the next pages what tests ask them.
    async fn watches_pages(&self) -> Result<()> {
        if matches!(self.make, Make::Firefox(_)) {
            self.in_every_page(bidi::POLICY).await?;
        }
        self.in_every_page(hearing::EARS).await?;
        self.in_every_page(hand::WATCH).await
    }

    /// Runs the script in every page that is loaded from now on, before its own scripts. In Chromium it holds for the tab
    /// alone that is looked at.
    pub async fn in_every_page(&self, script: &str) -> Result<()> {
        match &self.make {
            Make::Chromium => {
                let params = json!({ "source": script });
                self.devtools("Page.addScriptToEvaluateOnNewDocument", params).await.map(drop)
            }
            Make::Firefox(beside) => beside.bidi.in_every_page(script).await,
        }
    }

    /// A tab that was just opened hears as the first one does.
    pub(crate) async fn listens_in_new_tab(&self) -> Result<()> {
        match self.make {
            Make::Chromium => self.watches_pages().await,
            Make::Firefox(_) => Ok(()),
        }
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

    /// A real click, at the place where the element is, again until it counts.
    pub async fn click(&self, css: &str) -> Result<()> {
        self.until_heard(&format!("a click on {css}"), async || {
            let element = self.see(css).await?;
            // The driver would bring it to the edge of the window, where a bar may lie over it.
            self.run(&format!("document.querySelector({css:?})?.scrollIntoView({{block: 'center'}})"))
                .await?;
            element.click().await.with_context(|| format!("clicking {css}"))
        })
        .await
    }

    /// Presses the mouse on the element, and keeps it down.
    pub async fn holds(&self, css: &str) -> Result<()> {
        self.until_heard(&format!("a press on {css}"), async || {
            self.lets_go().await?;
            let element = self.see(css).await?;
            let to = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
            let down = PointerAction::Down { button: MOUSE_BUTTON_LEFT };
            Ok(self.client.perform_actions(MouseActions::new("mouse".into()).then(to).then(down)).await?)
        })
        .await
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
            self.until_heard("a key", async || {
                let press = KeyActions::new("keyboard".into())
                    .then(KeyAction::Down { value })
                    .then(KeyAction::Up { value });
                Ok(self.client.perform_actions(press).await?)
            })
            .await?;
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
        match &self.make {
            Make::Chromium => self.console_of_chromium().await,
            Make::Firefox(beside) => beside.bidi.console().await,
        }
    }

    /// Every URL that the browser asked for since the last time, WebSockets included.
    pub async fn requests(&self) -> Result<Vec<String>> {
        match &self.make {
            Make::Chromium => self.requests_of_chromium().await,
            Make::Firefox(beside) => beside.bidi.requests().await,
        }
    }

    /// Ends the session, and the browser with it.
    pub async fn close(mut self) -> Result<()> {
        let closed = self.client.close().await;
        self.driver.kill().await?;
        Ok(closed?)
    }
}

/// JavaScript: the element is there and shown. One with `display: contents` is shown when something in it is.
fn is_shown(css: &str) -> String {
    format!("[{css:?}, {css:?} + ' > *'].some((css) => document.querySelector(css)?.checkVisibility())")
}
