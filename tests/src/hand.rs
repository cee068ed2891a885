//! Hands: the page takes no press, click or key that came too soon to be meant, so a person who sees nothing happen does it
//! again; and quick hands, that come down twice, or rest on a key.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::{Value, json};

use crate::PATIENCE;
use crate::browser::Browser;

/// For every new document: what a hand began, what of it anybody in the page heard, and when the pointer came down.
pub(crate) const WATCH: &str = "(() => { const hand = { began: 0, heard: 0, downs: [] }; window.hand = hand; \
     for (const kind of ['pointerdown', 'click', 'keydown']) { \
     addEventListener(kind, ({ timeStamp }) => { hand.began += 1; if (kind !== 'click') hand.downs.push(timeStamp); }, true); \
     addEventListener(kind, () => { hand.heard += 1; }); } })();";

/// Where the middle of an element is, once it is there.
pub type Spot = (f64, f64);

impl Browser {
    /// Does it until the page hears of it.
    pub(crate) async fn until_heard(
        &self,
        what: &str,
        mut act: impl AsyncFnMut() -> Result<()>,
    ) -> Result<()> {
        let trying = async {
            loop {
                self.watches_anew().await;
                act().await?;
                // Another page than the one that was asked: it was heard, and led there. A page that is being drawn for the first
                // time does not even see it.
                let heard = "return !window.hand?.asked || hand.began > 0 && hand.began === hand.heard";
                let heard = self.run(heard).await;
                if !matches!(heard, Ok(Value::Bool(false))) {
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, trying)
            .await
            .with_context(|| format!("the page never heard {what}"))?
    }

    /// The middle of the element.
    ///
    /// # Errors
    /// It does not come.
    pub async fn spot(&self, css: &str) -> Result<Spot> {
        self.see(css).await?;
        let middle = format!(
            "const element = document.querySelector({css:?}); element.scrollIntoView({{ block: 'nearest' }}); \
             const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]"
        );
        Ok(serde_json::from_value(self.run(&middle).await?)?)
    }

    /// One press and its click, whatever is there.
    pub async fn clicks_at(&self, spot: Spot) -> Result<()> {
        self.watches_anew().await;
        Ok(self.client.perform_actions(press(at(spot))).await?)
    }

    /// Two presses at one spot. Gives how far apart they came to the page, which on a busy machine may be more than was wanted.
    ///
    /// # Errors
    /// The page did not see both.
    pub async fn clicks_twice_at(&self, spot: Spot, apart: Duration) -> Result<Duration> {
        self.watches_anew().await;
        let pause = PointerAction::Pause { duration: apart };
        self.client.perform_actions(press(press(at(spot)).then(pause))).await?;
        self.apart().await
    }

    /// How far apart the last two presses or keys came, which must have been two since the watch began anew.
    ///
    /// # Errors
    /// The page did not see two.
    pub async fn apart(&self) -> Result<Duration> {
        let downs: Vec<f64> = serde_json::from_value(self.run("return hand.downs").await?)?;
        let [first, second] = downs[..] else { bail!("{} came to the page", downs.len()) };
        Ok(Duration::from_secs_f64((second - first) / 1_000.0))
    }

    /// A key goes down.
    pub async fn key_goes_down(&self, key: &str) -> Result<()> {
        self.key_event("keyDown", key, false).await
    }

    /// The system repeats a key that is held.
    pub async fn key_repeats(&self, key: &str, times: u32) -> Result<()> {
        for _ in 0..times {
            self.key_event("keyDown", key, true).await?;
        }
        Ok(())
    }

    pub async fn key_comes_up(&self, key: &str) -> Result<()> {
        self.key_event("keyUp", key, false).await
    }

    async fn key_event(&self, kind: &str, key: &str, repeats: bool) -> Result<()> {
        let (text, code) = match key {
            "Enter" => ("\r", 13),
            " " => (" ", 32),
            "Escape" => ("", 27),
            "Backspace" => ("", 8),
            digit => (digit, digit.bytes().next().map_or(0, u32::from)),
        };
        let text = if kind == "keyDown" { text } else { "" };
        let event = json!({
            "type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code, "autoRepeat": repeats
        });
        self.devtools("Input.dispatchKeyEvent", event).await.map(drop)
    }

    /// What was done so far is forgotten.
    pub async fn watches_anew(&self) {
        // A document without a watch hears everything.
        let forget = "if (window.hand) Object.assign(hand, { began: 0, heard: 0, downs: [], asked: true })";
        drop(self.run(forget).await);
    }
}

fn at((x, y): Spot) -> MouseActions {
    MouseActions::new("mouse".into()).then(PointerAction::MoveTo { duration: None, x, y })
}

fn press(before: MouseActions) -> MouseActions {
    let (down, up) =
        (PointerAction::Down { button: MOUSE_BUTTON_LEFT }, PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    before.then(down).then(up)
}
