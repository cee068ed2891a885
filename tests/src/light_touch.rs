//! Clicks and typing that leave nothing with ChromeDriver, which keeps hold of every element that it was asked to find: a page
//! whose footprint is measured would seem to leak them.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::stack::ECHO;

/// A person at this browser.
pub struct LightTouch<'a>(pub &'a Browser);

impl LightTouch<'_> {
    /// Waits until the element is shown.
    ///
    /// # Errors
    /// It does not come.
    pub async fn sees(&self, css: &str) -> Result<()> {
        let shown = format!("document.querySelector({css:?})?.checkVisibility()");
        self.0.until(&format!("{css} on the page"), &shown).await.map(drop)
    }

    /// A real click in the middle of the element, again until it counts.
    ///
    /// # Errors
    /// It does not come.
    pub async fn clicks(&self, css: &str) -> Result<()> {
        self.sees(css).await?;
        let middle = format!(
            "const element = document.querySelector({css:?}); element.scrollIntoView({{ block: 'nearest' }}); \
             const box = element.getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]"
        );
        self.0
            .until_heard(&format!("a click on {css}"), async || {
                let middle = self.0.run(&middle).await?;
                let at =
                    |index: usize| middle.get(index).and_then(Value::as_f64).context("no place to click at");
                let (x, y) = (at(0)?, at(1)?);
                for kind in ["mousePressed", "mouseReleased"] {
                    let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
                    self.0.devtools("Input.dispatchMouseEvent", event).await?;
                }
                Ok(())
            })
            .await
    }

    /// Types over what the field holds.
    ///
    /// # Errors
    /// It does not come.
    pub async fn types(&self, css: &str, text: &str) -> Result<()> {
        self.sees(css).await?;
        self.0
            .run(&format!("const field = document.querySelector({css:?}); field.focus(); field.select()"))
            .await?;
        self.0.devtools("Input.insertText", json!({ "text": text })).await?;
        Ok(())
    }

    /// Presses an arrow key on the element, as one does who chooses from a list.
    ///
    /// # Errors
    /// It does not come.
    pub async fn presses_arrow(&self, css: &str, down: bool) -> Result<()> {
        self.sees(css).await?;
        self.0.run(&format!("document.querySelector({css:?}).focus()")).await?;
        let (key, code) = if down { ("ArrowDown", 40) } else { ("ArrowUp", 38) };
        for kind in ["rawKeyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            self.0.devtools("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }

    /// Waits until nothing on the page matches.
    ///
    /// # Errors
    /// Something stays.
    pub async fn sees_no(&self, css: &str) -> Result<()> {
        self.0
            .until(&format!("{css} to go away"), &format!("!document.querySelector({css:?})"))
            .await
            .map(drop)
    }

    /// Calls the echo number, hangs up when it is open, and puts the call away.
    ///
    /// # Errors
    /// A state does not come.
    pub async fn calls_once(&self) -> Result<()> {
        self.types("#dial-input", ECHO).await?;
        self.clicks("#call-button").await?;
        self.sees("#call[data-state=open]").await?;
        self.clicks("#hangup-button").await?;
        self.is_done().await
    }

    /// Puts a call away that has ended.
    ///
    /// # Errors
    /// It does not end.
    pub async fn is_done(&self) -> Result<()> {
        self.sees("#call[data-state=ended]").await?;
        self.clicks("#done-button").await?;
        self.sees_no("#call").await
    }
}
