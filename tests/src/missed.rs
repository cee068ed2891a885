//! The missed calls that the page lists.

use anyhow::{Result, ensure};

use crate::softphone::Softphone;

impl Softphone {
    /// Waits until so many are listed; gives the digits of each, with "true" when it was not put through.
    pub async fn sees_missed(&self, count: usize) -> Result<Vec<(String, String)>> {
        let rows = "[...document.querySelectorAll('#missed-calls li')]";
        let expression = format!(
            "{rows}.length === {count} && {rows}.map((row) => [row.innerText.replace(/\\D/g, ''), row.dataset.busy])"
        );
        let shown = self.browser.until(&format!("{count} missed calls"), &expression).await?;
        Ok(serde_json::from_value(shown)?)
    }

    /// Dismisses them; the page, loaded anew, has asked the server for them again and lists none.
    pub async fn dismisses_missed(&self) -> Result<()> {
        self.browser.click("#missed-seen").await?;
        self.browser.see_no("#missed-calls").await?;
        self.browser.reload().await?;
        let asked = "performance.getEntriesByType('resource').some(({ name, responseEnd }) => \
            name.includes('missed_calls') && responseEnd > 0)";
        self.browser.until("the page to ask again", asked).await?;
        self.sees_status("registered").await?;
        ensure!(self.browser.see_no("#missed-calls").await.is_ok(), "told twice");
        Ok(())
    }
}
