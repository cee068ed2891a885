//! What a browser may forbid a page: cookies and site data, and each of its powers by itself.

use anyhow::{Context, Result, ensure};
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, EXTERNAL, Options, TOKYO};
use serde_json::json;

const LONDON: &str = "+442079460958";

/// `forbid(object, name)`: looking is an error already. `refuse(prototype, method)`: calling is. `reject`: a promise says so.
const MEANS: &str = "const error = () => new DOMException('forbidden by a test', 'SecurityError'); \
    const forbid = (object, name) => Object.defineProperty(object, name, \
        { configurable: true, get() { throw error(); }, set() { throw error(); } }); \
    const refuse = (object, name) => { object[name] = () => { throw error(); }; }; \
    const reject = (object, name) => { object[name] = () => Promise.reject(error()); };";

/// Each leaves a phone that works.
const POWERS: [&str; 16] = [
    "forbid(window, 'localStorage')",
    "forbid(window, 'sessionStorage')",
    "refuse(Storage.prototype, 'setItem')",
    "forbid(window, 'indexedDB')",
    "forbid(window, 'caches')",
    "forbid(Navigator.prototype, 'locks')",
    "refuse(LockManager.prototype, 'request')",
    "reject(LockManager.prototype, 'request')",
    "window.BroadcastChannel = class { constructor() { throw error(); } }",
    "refuse(BroadcastChannel.prototype, 'postMessage')",
    "forbid(Navigator.prototype, 'serviceWorker')",
    "refuse(ServiceWorkerContainer.prototype, 'register')",
    "reject(ServiceWorkerContainer.prototype, 'register')",
    "forbid(window, 'Notification')",
    "forbid(Notification, 'permission')",
    "reject(Permissions.prototype, 'query')",
];

/// Loads the page anew with this forbidden, from before its first line on.
async fn loads_with(phone: &Softphone, forbidden: &str) -> Result<String> {
    let source = json!({ "source": format!("{{ {MEANS} {forbidden}; }}") });
    let added = phone.browser.devtools("Page.addScriptToEvaluateOnNewDocument", source).await?;
    phone.browser.reload().await?;
    Ok(added["identifier"].as_str().context("no identifier")?.to_owned())
}

async fn allows(phone: &Softphone, script: &str) -> Result<()> {
    let script = json!({ "identifier": script });
    phone.browser.devtools("Page.removeScriptToEvaluateOnNewDocument", script).await.map(|_| ())
}

async fn can_be_used(phone: &Softphone, forbidden: &str) -> Result<()> {
    phone.sees_status("registered").await.with_context(|| forbidden.to_owned())?;
    phone.dials(ECHO).await?;
    phone.hears_tone(440.0).await.with_context(|| forbidden.to_owned())?;
    phone.hangs_up().await?;
    phone.sees_end("completed").await?;
    phone.is_done().await?;
    // A switch works, whether it is remembered or not.
    phone.wants_quiet().await?;
    phone.sees_status("quiet").await.with_context(|| forbidden.to_owned())?;
    phone.browser.click("#line-cure").await?;
    phone.sees_status("registered").await
}

#[tokio::test]
async fn whatever_else_a_browser_forbids_is_no_other_tab() {
    scenario("forbidden_powers", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let all = POWERS.join("; ");
        for forbidden in POWERS.into_iter().chain([all.as_str()]) {
            let script = loads_with(&phone, forbidden).await?;
            can_be_used(&phone, forbidden).await?;
            allows(&phone, &script).await?;
        }
        // What the SDK cannot do without is not the network's fault.
        loads_with(&phone, "forbid(Navigator.prototype, 'permissions')").await?;
        let words = phone.browser.text(".line-why").await?;
        ensure!(words.contains("This browser cannot make calls"), "{words}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_was_dismissed_stays_so_where_the_browser_keeps_nothing() {
    scenario("forbidden_memory", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let nothing = "forbid(window, 'localStorage'); forbid(window, 'sessionStorage'); \
            forbid(window, 'indexedDB'); forbid(window, 'caches')";
        loads_with(&phone, nothing).await?;
        phone.sees_status("registered").await?;
        // One that ends on the screen, and is seen there.
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        call.hang_up().await;
        phone.sees_end("canceled").await?;
        phone.is_done().await?;
        // One that ends while the page is loaded anew, and is dismissed.
        let call = cast.stack.emulator().phone(LONDON).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.browser.reload().await?;
        call.hang_up().await;
        // Nobody has seen it, and the other one is not told.
        phone.sees_missed(1).await?;
        phone.dismisses_missed().await?;
        // A later one is told all the same, and none with it.
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.browser.reload().await?;
        call.hang_up().await;
        phone.sees_missed(1).await.map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn who_blocks_cookies_is_told_before_the_passcode_is_asked_for() {
    scenario("forbidden_cookies", Options::default(), async |cast| {
        let blocking = cast.stack.surroundings().without_site_data();
        let phone = cast.person_among(&blocking, "Tokyo", 440).await?;
        let words = phone.browser.text("#cookies-blocked").await?;
        ensure!(words.contains("blocks cookies") && words.contains("Allow them"), "{words}");
        phone.browser.see_no("#passcode").await?;
        phone.browser.see_no(".demo-line").await?;
        phone.browser.click("#cookies-blocked button").await?;
        phone.sees("#cookies-blocked").await?;

        // A browser that shows the page what it does not send.
        let lie = "Object.defineProperty(Document.prototype, 'cookie', { set(value) { this.kept = value; }, \
            get() { return this.kept; } })";
        loads_with(&phone, lie).await?;
        phone.tries_to_sign_in(TOKYO.number, TOKYO.passcode).await?;
        let words = phone.browser.text("#sign-in-error").await?;
        ensure!(words.contains("blocks cookies"), "{words}");

        let other = cast.person("other", 440).await?;
        let script = loads_with(&other, "forbid(Document.prototype, 'cookie')").await?;
        other.sees("#cookies-blocked").await?;
        allows(&other, &script).await?;
        other.browser.reload().await?;
        other.signs_in(TOKYO.number, TOKYO.passcode).await
    })
    .await;
}
