//! What a user does with contacts.

use anyhow::Result;

use crate::softphone::Softphone;

impl Softphone {
    pub async fn opens_contacts(&self) -> Result<()> {
        self.browser.click("#contacts-button").await?;
        self.sees("#contact-search").await
    }

    /// The names that are shown, once they are these.
    pub async fn sees_contacts(&self, names: &[&str]) -> Result<()> {
        let shown = "[...document.querySelectorAll('.contact-name')].map((name) => name.innerText)";
        let same = format!("JSON.stringify({shown}) === JSON.stringify({})", serde_json::to_string(names)?);
        self.browser.until(&format!("the contacts {names:?}"), &same).await.map(drop)
    }
}
