//! Several tabs of one browser.

use anyhow::{Context, Result};
use fantoccini::wd::WindowHandle;

use crate::browser::Browser;

/// A tab, by the name that WebDriver has for it.
pub struct Tab(WindowHandle);

impl Browser {
    /// The tab that commands go to.
    pub async fn tab(&self) -> Result<Tab> {
        Ok(Tab(self.client.window().await?))
    }

    /// Opens the page in another tab, which commands go to from now on.
    pub async fn opens_tab(&self, url: &str) -> Result<Tab> {
        let tab = Tab(self.client.new_window(true).await?.handle);
        self.goes_to(&tab).await?;
        self.listens_in_new_tab().await?;
        self.goto(url).await?;
        Ok(tab)
    }

    /// Commands go to this tab from now on, and the person looks at it.
    pub async fn goes_to(&self, tab: &Tab) -> Result<()> {
        Ok(self.client.switch_to_window(tab.0.clone()).await?)
    }

    /// Commands go from now on to the window that this tab has opened.
    ///
    /// # Errors
    /// There is none.
    pub async fn goes_to_window_of(&self, tab: &Tab) -> Result<()> {
        let windows = self.client.windows().await?;
        let other = windows.into_iter().find(|window| *window != tab.0);
        Ok(self.client.switch_to_window(other.context("the page has opened no window")?).await?)
    }

    /// Closes the tab without a question, as a crash would; then commands go to the other one.
    pub async fn closes_tab(&self, next: &Tab) -> Result<()> {
        self.client.close_window().await?;
        self.goes_to(next).await
    }

    /// How often since the last time a page asked whether it may be left. ChromeDriver always says yes.
    pub async fn questions_on_leaving(&self) -> Result<usize> {
        let events = self.events().await?;
        let asked = events.iter().filter(|event| {
            event["method"] == "Page.javascriptDialogOpening" && event["params"]["type"] == "beforeunload"
        });
        Ok(asked.count())
    }
}
