//! What comes by itself moves nothing that a hand may be on its way to.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::softphone::Softphone;

/// A small phone, a phone, one held sideways, a tablet and a desktop.
const SIZES: [(u32, u32); 5] = [(360, 640), (420, 860), (740, 360), (820, 1180), (1280, 800)];

/// Which of the page's controls stand elsewhere than they would without the thing, or lie under it.
const MOVED: &str = "const thing = document.querySelector(CSS); \
     const controls = [...document.querySelectorAll('.phone :is(button, input), .nav-item, #sign-out-button')] \
       .filter((control) => !thing.contains(control) && !control.closest('.strips') && control.checkVisibility()); \
     const places = () => controls.map((control) => { \
       const { x, y, width, height } = control.getBoundingClientRect(); return [x, y, width, height].map(Math.round).join(); }); \
     const box = thing.getBoundingClientRect(); \
     if (!box.height) return 'it is not to be seen'; \
     const there = places(); \
     thing.style.setProperty('display', 'none', 'important'); \
     const without = places(); \
     thing.style.removeProperty('display'); \
     return controls.map((control, index) => `${control.id || control.dataset.key || control.textContent.trim()}: \
       ${without[index]} became ${there[index]}`).filter((_, index) => there[index] !== without[index]).join('; ')";

/// Which of the buttons that a call hangs on lie under the thing.
const COVERED: &str = "const thing = document.querySelector(CSS).getBoundingClientRect(); \
     return ['done', 'call-again', 'hangup', 'answer', 'decline', 'mute', 'keypad', 'call'].map((id) => `${id}-button`) \
       .filter((id) => { const button = document.getElementById(id)?.getBoundingClientRect(); \
         return button?.height && thing.bottom > button.top && thing.top < button.bottom \
           && thing.right > button.left && thing.left < button.right; }).join()";

impl Softphone {
    /// The thing is there, and at no size does anything that can be pressed move as it comes and goes, nor does it lie over a
    /// button that a call hangs on.
    pub async fn sees_nothing_moved_by(&self, thing: &str) -> Result<()> {
        self.sees(thing).await?;
        for (width, height) in SIZES {
            self.browser.look(width, height, false).await?;
            let ask = async |script: &str| {
                self.browser.run(&script.replacen("CSS", &format!("{thing:?}"), 1)).await
            };
            let moved = ask(MOVED).await?;
            ensure!(moved == Value::String(String::new()), "{thing} at {width} x {height}: {moved}");
            let covered = ask(COVERED).await?;
            ensure!(
                covered == Value::String(String::new()),
                "{thing} at {width} x {height} covers {covered}"
            );
        }
        Ok(())
    }
}
