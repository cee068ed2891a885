//! What a page holds on to.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::PATIENCE;
use crate::browser::Browser;

/// Remembers the WASM instance, which the script that starts it gives away in an event only.
const WATCH: &str =
    "addEventListener('TrunkApplicationStarted', (event) => { window.wasmOfTheApp = event.detail.wasm; });";

const MEMORY: &str = "return window.wasmOfTheApp?.memory.buffer.byteLength ?? null;";

/// Taken right after a garbage collection.
#[derive(Clone, Copy, Debug)]
pub struct Footprint {
    /// Bytes of JavaScript objects.
    pub heap: u64,
    /// Of the document and detached ones.
    pub nodes: u64,
    pub listeners: u64,
    /// Bytes of WebAssembly memory, which never shrinks.
    pub wasm: u64,
}

impl Footprint {
    /// Before the page is loaded whose footprints are wanted.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn watch(browser: &Browser) -> Result<()> {
        browser.in_every_page(WATCH).await?;
        browser.devtools("Performance.enable", json!({})).await?;
        Ok(())
    }

    /// # Errors
    /// [`Footprint::watch`] was not called before the page was loaded, or the browser is gone.
    pub async fn of(browser: &Browser) -> Result<Self> {
        // What finalisers let go of is free after the second.
        for _ in 0..2 {
            browser.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let answer = browser.devtools("Performance.getMetrics", json!({})).await?;
        let metric = |name: &str| {
            let metrics = answer["metrics"].as_array().into_iter().flatten();
            let found = metrics.into_iter().find(|metric| metric["name"] == name);
            let value = found.and_then(|metric| metric["value"].as_f64());
            value.map(|value| value as u64).with_context(|| format!("no {name} in {answer}"))
        };
        let wasm = browser.run(MEMORY).await?;
        Ok(Self {
            heap: metric("JSHeapUsedSize")?,
            nodes: metric("Nodes")?,
            listeners: metric("JSEventListeners")?,
            wasm: Value::as_u64(&wasm).context("no WASM was seen to start")?,
        })
    }

    /// Waits until the page holds on to no more nodes and listeners than it did: some are let go of a while after a call.
    ///
    /// # Errors
    /// It still does after [`PATIENCE`].
    pub async fn back_to(self, browser: &Browser) -> Result<Self> {
        let mut last = Self::of(browser).await?;
        let waiting = async {
            while last.nodes > self.nodes || last.listeners > self.listeners {
                tokio::time::sleep(std::time::Duration::from_millis(250)).await;
                last = Self::of(browser).await?;
            }
            anyhow::Ok(())
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(outcome) => outcome.map(|()| last),
            Err(_) => bail!("the page held {self:?} and holds {last:?}"),
        }
    }
}
