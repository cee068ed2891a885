//! Whether everybody can use what is on the page: what axe-core finds, how large a thumb's targets are, whether anything
//! must be scrolled in two directions.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::softphone::Softphone;

const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js");

const TAB: &str = "\u{e004}";
const MOST_TABS: usize = 80;

/// WCAG 2.2 A and AA, and axe's own best practice.
const CHECK: &str = "return axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', \
     'best-practice'], rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }).then((report) => \
     report.violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html, any }) => \
     [html, ...any.map(({ message }) => message)].join(' ')) })))";

/// Everything that can be pressed or filled in, and is smaller than 44 px in one direction: with the words that it has, and with
/// words of one letter, so that neither a language nor a font decides. A link in the middle of a sentence may be as high as its
/// line (WCAG 2.2, 2.5.5).
const SMALL: &str = "const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button]')] \
     .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !control.matches('p:not(.demo-links) a')); \
     const small = (words) => controls.map((control) => [control, \
     (['checkbox', 'radio'].includes(control.type) && control.closest('label') || control).getBoundingClientRect()]) \
     .filter(([, box]) => box.width > 1 && (box.width < 43.99 || box.height < 43.99)) \
     .map(([control, box]) => `${words}: ${control.outerHTML.slice(0, 120)}: ${box.width} by ${box.height}`); \
     const found = small('as it is'); const texts = []; \
     for (const control of controls) { const walker = document.createTreeWalker(control, NodeFilter.SHOW_TEXT); \
     while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push([walker.currentNode, walker.currentNode.data]); } \
     for (const [text] of texts) text.data = 'i'; \
     found.push(...small('by a letter')); for (const [text, data] of texts) text.data = data; return found";

/// What reaches over the page's side edges, unless it stands in something that scrolls or hides by itself.
const OVERHANG: &str = "const width = document.documentElement.clientWidth; \
     return document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll('body *')] \
     .filter((element) => element.getBoundingClientRect().right > width + 1 || element.getBoundingClientRect().left < -1) \
     .map((element) => element.outerHTML.slice(0, 120))";

impl Softphone {
    /// Gives every page from the next one on what the checks need.
    pub async fn brings_axe(&self) -> Result<()> {
        self.browser.in_every_page(&axe()?).await
    }

    /// Gives it to the document that is there, such as that of a window which the page has opened.
    pub async fn has_axe(&self) -> Result<()> {
        self.browser.devtools("Runtime.evaluate", json!({ "expression": axe()? })).await?;
        Ok(())
    }

    /// Nothing on the page keeps anybody out, in light and in dark.
    pub async fn has_no_barrier(&self, state: &str) -> Result<()> {
        for (scheme, dark) in [("light", false), ("dark", true)] {
            self.browser.look(390, 844, dark).await?;
            self.browser.rests().await?;
            let Value::Array(found) = self.browser.run(CHECK).await? else { bail!("axe-core did not run") };
            ensure!(found.is_empty(), "{state}, {scheme}: {}", serde_json::to_string_pretty(&found)?);
        }
        self.has_only(SMALL, &format!("{state}: too small for a thumb")).await
    }

    /// At the width of a small phone, and at that of a page magnified four times, nothing hangs over.
    pub async fn fits(&self, state: &str) -> Result<()> {
        for (width, height) in [(320, 568), (320, 256)] {
            self.browser.look(width, height, false).await?;
            self.has_only(OVERHANG, &format!("{state}, {width} by {height}: hangs over the edge")).await?;
        }
        Ok(())
    }

    async fn has_only(&self, script: &str, fault: &str) -> Result<()> {
        let Value::Array(found) = self.browser.run(script).await? else { bail!("the page was not measured") };
        ensure!(found.is_empty(), "{fault}: {}", serde_json::to_string_pretty(&found)?);
        Ok(())
    }

    /// Presses Tab until the focus is there, and sees at each step that it can be seen.
    pub async fn tabs_to(&self, id: &str) -> Result<()> {
        for _ in 0..MOST_TABS {
            self.browser.keys(TAB).await?;
            let outline = "const { activeElement: at, body } = document; \
                 return at === body || getComputedStyle(at).outlineStyle !== 'none'";
            ensure!(self.browser.run(outline).await? == true, "the focus cannot be seen");
            if self.browser.run("return document.activeElement.id").await? == id {
                return Ok(());
            }
        }
        bail!("Tab never came to {id}")
    }
}

fn axe() -> Result<String> {
    std::fs::read_to_string(AXE).with_context(|| format!("{AXE}; `npm ci` in tests/"))
}
