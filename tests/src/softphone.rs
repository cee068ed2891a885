//! What a person does with the dial pad and sees on it.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::PATIENCE;
use crate::browser::Browser;
use crate::hearing::Heard;
use crate::stack::ECHO;
use crate::surroundings::Surroundings;

/// A softphone in a browser of its own.
pub struct Softphone {
    pub browser: Browser,
}

impl Softphone {
    /// On this machine as it is.
    pub async fn open(url: &str, microphone_hz: u32) -> Result<Self> {
        Self::open_among(&Surroundings::default(), url, microphone_hz).await
    }

    pub async fn open_among(surroundings: &Surroundings, url: &str, microphone_hz: u32) -> Result<Self> {
        let browser = Browser::open_among(surroundings, microphone_hz).await?;
        browser.goto(url).await?;
        Ok(Self { browser })
    }

    /// Fills the form in and sends it; what comes then is for the caller to see.
    pub async fn tries_to_sign_in(&self, number: &str, passcode: &str) -> Result<()> {
        for (field, text) in [("#phone-number", number), ("#passcode", passcode)] {
            let field = self.browser.see(field).await?;
            field.clear().await?;
            field.send_keys(text).await?;
        }
        self.browser.click("#sign-in-button").await
    }

    pub async fn signs_in(&self, number: &str, passcode: &str) -> Result<()> {
        self.tries_to_sign_in(number, passcode).await?;
        self.sees_status("registered").await
    }

    /// Fills in the form for a new passcode; sending it is for the caller.
    pub async fn chooses_passcode(&self, first: &str, second: &str) -> Result<()> {
        for (field, text) in [("#new-passcode", first), ("#new-passcode-again", second)] {
            let field = self.browser.see(field).await?;
            field.clear().await?;
            field.send_keys(text).await?;
        }
        Ok(())
    }

    pub async fn opens_settings(&self) -> Result<()> {
        self.browser.click("#settings-button").await?;
        self.sees("#settings").await
    }

    /// By the key: their button may be under a call.
    pub async fn closes_settings(&self) -> Result<()> {
        self.browser.keys("\u{e00c}").await?;
        self.browser.see_no("#settings").await
    }

    /// Switches "do not disturb" on.
    pub async fn wants_quiet(&self) -> Result<()> {
        self.opens_settings().await?;
        self.browser.click("#do-not-disturb").await?;
        self.closes_settings().await
    }

    /// The line's status lamp: `registered`, `connecting` or `offline`.
    pub async fn sees_status(&self, state: &str) -> Result<()> {
        self.sees(&format!("#line-status[data-state={state:?}]")).await
    }

    /// Types on the keyboard, the way a person does who has just opened the page, and presses Call.
    pub async fn dials(&self, number: &str) -> Result<()> {
        let field = self.browser.see("#dial-input").await?;
        field.clear().await?;
        field.send_keys(number).await?;
        self.browser.click("#call-button").await
    }

    /// Calls the echo number, hears its own tone, and hangs up.
    pub async fn hears_itself(&self, hz: f64) -> Result<()> {
        self.dials(ECHO).await?;
        self.sees_call("open").await?;
        self.hears_tone(hz).await?;
        self.hangs_up().await?;
        self.sees_end("completed").await.map(|_| ())
    }

    /// The call's state: `connecting`, `ringing`, `open`, `reconnecting`, `ended`, `incoming`.
    pub async fn sees_call(&self, state: &str) -> Result<()> {
        self.sees(&format!("#call[data-state={state:?}]")).await
    }

    pub async fn sees_no_call(&self) -> Result<()> {
        self.browser.see_no("#call").await
    }

    /// The call has ended for this reason; gives the words that say so.
    pub async fn sees_end(&self, reason: &str) -> Result<String> {
        self.sees_call("ended").await?;
        self.sees(&format!("#end-reason[data-reason={reason:?}]")).await?;
        self.browser.text("#end-reason").await
    }

    /// The number is not dialled, for this reason; gives the words. The page may know before it asks, or learn it from
    /// the call's end.
    pub async fn sees_refusal(&self, reason: &str) -> Result<String> {
        let (end, hint) = (format!("#end-reason[data-reason={reason:?}]"), "#dial-error:not([hidden])");
        let words = self.browser.text(&format!("{end}, {hint}")).await?;
        if self.browser.run("return document.querySelector('#call') !== null").await? == Value::Bool(true) {
            self.is_done().await?;
        }
        Ok(words)
    }

    pub async fn answers(&self) -> Result<()> {
        self.browser.click("#answer-button").await
    }

    pub async fn declines(&self) -> Result<()> {
        self.browser.click("#decline-button").await
    }

    pub async fn hangs_up(&self) -> Result<()> {
        self.browser.click("#hangup-button").await
    }

    pub async fn is_done(&self) -> Result<()> {
        self.browser.click("#done-button").await?;
        self.sees_no_call().await
    }

    pub async fn toggles_mute(&self, muted: bool) -> Result<()> {
        self.browser.click("#mute-button").await?;
        self.sees(&format!("#mute-button[aria-pressed='{muted}']")).await
    }

    /// Presses keys of the keypad in the call, with the mouse.
    pub async fn presses(&self, keys: &str) -> Result<()> {
        for key in keys.chars() {
            self.browser.click(&format!("#call button[data-key='{key}']")).await?;
        }
        Ok(())
    }

    /// Seconds on the call's timer.
    pub async fn timer(&self) -> Result<u32> {
        let shown = self.browser.text("#call-timer").await?;
        let (minutes, seconds) = shown.split_once(':').with_context(|| format!("no timer: {shown:?}"))?;
        Ok(minutes.trim().parse::<u32>()? * 60 + seconds.trim().parse::<u32>()?)
    }

    /// Waits until the timer shows at least so many seconds.
    pub async fn sees_timer_reach(&self, seconds: u32) -> Result<()> {
        let expression = format!(
            "(() => {{ const [m, s] = (document.querySelector('#call-timer')?.innerText ?? '0:0').split(':'); \
             return Number(m) * 60 + Number(s) >= {seconds}; }})()"
        );
        self.browser.until("the timer to run", &expression).await.map(|_| ())
    }

    pub async fn sees(&self, css: &str) -> Result<()> {
        self.browser.see(css).await.map(|_| ())
    }

    pub async fn hears(&self) -> Result<Heard> {
        let heard = self.browser.run("return window.heardNow()").await?;
        ensure!(heard != Value::Null, "the page has no ears");
        Ok(serde_json::from_value(heard)?)
    }

    pub async fn hears_tone(&self, hz: f64) -> Result<()> {
        self.hears_that(&format!("a tone of {hz} Hz"), |heard| heard.is_tone(hz)).await
    }

    pub async fn hears_silence(&self) -> Result<()> {
        self.hears_that("silence", Heard::is_silence).await
    }

    async fn hears_that(&self, what: &str, is_it: impl Fn(&Heard) -> bool) -> Result<()> {
        let mut last = Heard::default();
        let listening = async {
            loop {
                if let Ok(heard) = self.hears().await {
                    last = heard;
                    if is_it(&heard) {
                        return;
                    }
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, listening).await.is_err() {
            bail!("never heard {what}; last {last:?}");
        }
        Ok(())
    }
}
