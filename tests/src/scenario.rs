//! One test: a stack, people in browsers, and the evidence when it fails.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, ensure};
use futures_util::FutureExt;

use crate::softphone::Softphone;
use crate::stack::{Options, Stack};
use crate::surroundings::Surroundings;

/// Who and what takes part.
pub struct Cast {
    pub stack: Stack,
    people: Vec<(&'static str, Arc<Softphone>)>,
}

impl Cast {
    /// Somebody opens the softphone in a browser of their own, with a microphone that plays a tone.
    pub async fn person(&mut self, name: &'static str, microphone_hz: u32) -> Result<Arc<Softphone>> {
        let surroundings = self.stack.surroundings().clone();
        self.person_among(&surroundings, name, microphone_hz).await
    }

    /// The same, where the browser finds something else than others do.
    pub async fn person_among(
        &mut self,
        surroundings: &Surroundings,
        name: &'static str,
        microphone_hz: u32,
    ) -> Result<Arc<Softphone>> {
        let softphone =
            Arc::new(Softphone::open_among(surroundings, &self.stack.url(), microphone_hz).await?);
        self.people.push((name, Arc::clone(&softphone)));
        Ok(softphone)
    }
}

/// Runs the test in a world of its own, and ends every process that it started, whatever happens.
///
/// Beside what the test itself checks: no page panicked or tried what its Content Security Policy forbids, and no browser
/// asked any host but this one.
pub async fn scenario(name: &str, options: Options, test: impl AsyncFnOnce(&mut Cast) -> Result<()>) {
    let stack = Stack::start(options).await.expect("the stack starts");
    let mut cast = Cast { stack, people: Vec::new() };
    let outcome = AssertUnwindSafe(test(&mut cast)).catch_unwind().await;
    let mut outcome = outcome.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        Err(anyhow!("panicked: {}", text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("?")))
    });
    for (person, softphone) in &cast.people {
        outcome = outcome.and(behaved(person, softphone, cast.stack.surroundings()).await);
    }
    if outcome.is_err() {
        match preserve(name, &cast).await {
            Ok(folder) => {
                outcome = outcome.context(format!("screenshots and logs are in {}", folder.display()))
            }
            Err(error) => outcome = outcome.context(format!("and no evidence could be kept: {error:#}")),
        }
    }
    for (_, softphone) in std::mem::take(&mut cast.people) {
        if let Some(softphone) = Arc::into_inner(softphone) {
            let _ = softphone.browser.close().await;
        }
    }
    cast.stack.stop().await;
    if let Err(error) = outcome {
        panic!("{name}: {error:#}");
    }
}

async fn behaved(person: &str, softphone: &Softphone, surroundings: &Surroundings) -> Result<()> {
    for url in softphone.browser.requests().await.with_context(|| format!("{person}'s network log"))? {
        ensure!(surroundings.hold(&url), "{person}'s browser asked a host outside: {url}");
    }
    for line in softphone.browser.console().await? {
        ensure!(!line.contains("panicked at"), "{person}'s page panicked: {line}");
        // Not only violations: a policy that the browser cannot read is as bad.
        let policy = line.contains("Content Security Policy") || line.contains("Permissions-Policy");
        ensure!(!policy, "{person}'s page is not what its policy allows: {line}");
    }
    Ok(())
}

/// What each page showed and wrote to its console, and what the emulator saw.
async fn preserve(name: &str, cast: &Cast) -> Result<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../artifacts").join(name);
    std::fs::create_dir_all(&folder)?;
    for (person, softphone) in &cast.people {
        if let Ok(image) = softphone.browser.screenshot().await {
            std::fs::write(folder.join(format!("{person}.png")), image)?;
        }
        let console = softphone.browser.console().await.unwrap_or_default();
        std::fs::write(folder.join(format!("{person}.log")), console.join("\n"))?;
    }
    std::fs::write(folder.join("timeline.txt"), cast.stack.timeline())?;
    Ok(folder)
}
