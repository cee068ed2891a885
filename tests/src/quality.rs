//! The quality of a call as a person sees it.

use anyhow::Result;

use crate::softphone::Softphone;

impl Softphone {
    /// The lamp: `good`, `fair`, `poor` or `unknown`.
    pub async fn sees_quality(&self, grade: &str) -> Result<()> {
        self.sees(&format!("#quality-lamp[data-grade={grade:?}]")).await
    }

    /// Opens the figures, or closes them.
    pub async fn presses_lamp(&self) -> Result<()> {
        self.browser.click("#quality-lamp").await
    }

    /// What the test of the connection came to: `good`, `usable` or `not-usable`. It lasts as long as its sound.
    pub async fn sees_connection_verdict(&self, verdict: &str) -> Result<()> {
        let over = "!['idle', 'running'].includes(document.querySelector('#connection-test')?.dataset.state)";
        // Longer than anything else may take, for the announcement alone has twelve seconds.
        if self.browser.until("the test to end", over).await.is_err() {
            self.browser.until("the test to end at last", over).await?;
        }
        self.sees(&format!("#connection-test[data-state={verdict:?}]")).await
    }

    /// Says that the sound was good or bad.
    pub async fn rates(&self, good: bool) -> Result<()> {
        self.browser.click(if good { "#rate-good" } else { "#rate-bad" }).await
    }

    /// The server has kept the rating.
    pub async fn sees_rating_kept(&self) -> Result<()> {
        let outcome = "document.querySelector('#rating-outcome')?.dataset.state === 'kept'";
        self.browser.until("the rating to be kept", outcome).await.map(drop)
    }
}
