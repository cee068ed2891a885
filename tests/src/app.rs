//! The page as an installed app: its service worker, and what can be seen of the phone outside of its page.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::softphone::Softphone;

/// The page's registration, from any page of the origin.
const REGISTRATION: &str = "navigator.serviceWorker.getRegistration('/')";

impl Softphone {
    /// Waits until the service worker runs and serves the page.
    pub async fn has_worker(&self) -> Result<()> {
        let expression = "navigator.serviceWorker.controller?.state === 'activated'";
        self.browser.until("the service worker", expression).await.map(|_| ())
    }

    /// Scrolls to the element, which the driver would leave behind the bar at the bottom, and clicks on it.
    pub async fn scrolls_and_clicks(&self, css: &str) -> Result<()> {
        self.sees(css).await?;
        let script = format!("document.querySelector({css:?}).scrollIntoView({{ block: 'center' }})");
        self.browser.run(&script).await?;
        self.browser.click(css).await
    }

    /// What the browser would answer if the page asked: `granted`, `denied` or `prompt`.
    pub async fn lets_notify(&self, setting: &str) -> Result<()> {
        let permission = json!({ "permission": { "name": "notifications" }, "setting": setting });
        self.browser.devtools("Browser.setPermission", permission).await.map(|_| ())
    }

    /// Waits until the page that remembers them has shown so many that look like this, and until one is left; gives title, body,
    /// tag and the names of the buttons.
    pub async fn sees_notification(&self, count: usize, of: &str, buttons: usize) -> Result<Value> {
        self.has_been_notified(count, of, buttons).await?;
        let shown = self.finds_notifications(1).await?;
        shown.into_iter().next().context("one notification")
    }

    /// Waits until the notifications have gone. None may be about to be shown.
    pub async fn sees_no_notification(&self) -> Result<()> {
        self.finds_notifications(0).await.map(|_| ())
    }

    /// Never while one is being shown: Chromium forgets it then.
    async fn finds_notifications(&self, count: usize) -> Result<Vec<Value>> {
        let expression = format!(
            "{REGISTRATION}.then((registration) => registration.getNotifications()).then((shown) => \
             shown.length === {count} && shown.map(({{ title, body, tag, actions }}) => \
             ({{ title, body, tag, actions: actions.map(({{ action }}) => action) }})))"
        );
        let shown = self.browser.until(&format!("{count} notifications"), &expression).await?;
        Ok(shown.as_array().cloned().unwrap_or_default())
    }

    /// From now on every page of the origin can tell what this one has shown by notifications: title and number of buttons.
    pub async fn remembers_notifications(&self) -> Result<()> {
        let script = "localStorage.setItem('notified', '[]'); \
            const { prototype } = ServiceWorkerRegistration, show = prototype.showNotification; \
            prototype.showNotification = async function (title, options) { \
                await show.call(this, title, options); \
                const before = JSON.parse(localStorage.getItem('notified')); \
                const all = [...before, [title, options.actions?.length ?? 0]]; \
                localStorage.setItem('notified', JSON.stringify(all)); };";
        self.browser.run(script).await.map(|_| ())
    }

    /// Waits until so many notifications have been shown that look like this, in the page that remembers them.
    pub async fn has_been_notified(&self, count: usize, of: &str, buttons: usize) -> Result<()> {
        let expression = format!(
            "JSON.parse(localStorage.getItem('notified')).filter(([title, buttons]) => \
             title.includes({of:?}) && buttons === {buttons}).length === {count}"
        );
        self.browser.until(&format!("{count} notifications of {of}"), &expression).await.map(|_| ())
    }

    /// Clicks on a button of the notification that is shown, which no driver can: in the worker ([`with_clicks`]).
    pub async fn clicks_on_notification(&self, action: &str) -> Result<()> {
        let script = format!(
            "return {REGISTRATION}.then((registration) => registration.active.postMessage({{ click: {action:?} }}))"
        );
        self.browser.run(&script).await.map(|_| ())
    }

    /// From now on the page remembers every title and every icon that its tab shows.
    pub async fn remembers_signs(&self) -> Result<()> {
        let script = "const icon = document.querySelector(\"link[rel='icon']\"); window.signs = []; \
            const note = () => window.signs.push([document.title, icon.getAttribute('href').slice(0, 5)]); note(); \
            new MutationObserver(note).observe(document.head, { subtree: true, childList: true, \
            characterData: true, attributes: true });";
        self.browser.run(script).await.map(|_| ())
    }
}

/// Lets the worker of a built page take clicks as messages: its own listener hears an event like the system's.
///
/// # Errors
/// The worker cannot be read or written.
pub fn with_clicks(ui: &Path) -> Result<()> {
    let worker = std::fs::read_to_string(ui.join("sw.js"))?;
    let click = "\nself.addEventListener('message', async ({ data }) => { if (!data.click) return; \
        const [notification] = await self.registration.getNotifications(); \
        self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action: data.click })); });\n";
    Ok(std::fs::write(ui.join("sw.js"), worker + click)?)
}

/// A copy of a built page, to be changed.
///
/// # Errors
/// It cannot be read or written.
pub fn copy_of(ui: &Path) -> Result<tempfile::TempDir> {
    let copy = tempfile::tempdir()?;
    for entry in std::fs::read_dir(ui)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name()))?;
        }
    }
    Ok(copy)
}

/// Makes another build of a page that is served, with nothing changed but its name.
///
/// # Errors
/// It cannot be read or written, or has no name.
pub fn rename_build(ui: &Path, name: &str) -> Result<()> {
    let worker = std::fs::read_to_string(ui.join("sw.js"))?;
    let page = std::fs::read_to_string(ui.join("index.html"))?;
    let (_, rest) = page.split_once("name=\"sidetone-build\" content=\"").unwrap_or_default();
    let (old, _) = rest.split_once('"').unwrap_or_default();
    anyhow::ensure!(!old.is_empty() && worker.contains(old), "page and worker have no build in common");
    std::fs::write(ui.join("sw.js"), worker.replace(old, name))?;
    Ok(std::fs::write(ui.join("index.html"), page.replace(old, name))?)
}
