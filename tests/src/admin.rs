//! What an admin does in the page, and who is invited.

use anyhow::{Context, Result, ensure};
use backend::lines::Changed;
use shared::PhoneNumber;

use crate::softphone::Softphone;
use crate::stack::Stack;

impl Stack {
    /// As `sidetone line admin NUMBER on` does.
    pub async fn makes_admin(&self, number: &str) -> Result<()> {
        self.sets_admin(number, true).await
    }

    /// Somebody gives a line the right, or takes it back.
    pub async fn sets_admin(&self, number: &str, right: bool) -> Result<()> {
        let number = PhoneNumber::from_e164(number)?;
        let changed = self.store().set_admin(&number, right, false).await?;
        ensure!(changed == Changed::Done, "no such line");
        Ok(())
    }
}

impl Softphone {
    pub async fn opens_admin(&self) -> Result<()> {
        self.browser.click("#admin-button").await?;
        self.sees("#admin .admin-line").await
    }

    /// Unfolds a line, or folds it up.
    pub async fn toggles_line(&self, number: &str) -> Result<()> {
        self.scrolls_and_clicks(&format!("#line-{}", number.trim_start_matches('+'))).await
    }

    /// Adds a line and gives the link that invites its user.
    pub async fn invites(&self, number: &str, label: &str) -> Result<String> {
        self.scrolls_and_clicks("#add-line").await?;
        for (field, text) in [("#new-number", number), ("#new-label", label)] {
            self.browser.see(field).await?.send_keys(text).await?;
        }
        self.scrolls_and_clicks("#add-line-save").await?;
        self.invitation().await
    }

    /// The link that is shown.
    pub async fn invitation(&self) -> Result<String> {
        self.sees("#invitation .qr path").await?;
        let link = self.browser.run("return document.querySelector('#invitation-link').value").await?;
        link.as_str().map(str::to_owned).context("a link")
    }
}
