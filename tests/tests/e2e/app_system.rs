//! What the system and the page ask of each other. The test stands in for a system that installs apps, opens links in them and
//! moves in the hand: no driver has one.

use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};

const SYSTEM: &str = "window.asked = []; \
    navigator.setAppBadge = async (count) => { window.asked.push(['badge', count]); }; \
    navigator.vibrate = (pattern) => window.asked.push(['vibrate', pattern.length]) > 0; \
    Object.defineProperty(window, 'launchQueue', { value: { setConsumer: (consumer) => { window.launch = consumer; } } });";

#[tokio::test]
async fn the_page_is_installed_by_its_own_button() {
    scenario("app_install", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.has_worker().await?;
        phone.opens_settings().await?;
        phone.sees("#notify-words").await?;
        // A browser that can install makes an offer of its own; this one comes after it.
        let offer = "const offer = new Event('beforeinstallprompt', { cancelable: true }); \
            offer.prompt = async () => { window.prompted = true; }; dispatchEvent(offer); \
            return offer.defaultPrevented";
        ensure!(phone.browser.run(offer).await? == true, "the browser's own bar slides in");
        phone.scrolls_and_clicks("#install-button").await?;
        phone.browser.until("the browser to ask", "window.prompted").await?;
        // An offer is good for one time.
        phone.browser.see_no("#install-button").await?;
        phone.browser.run("dispatchEvent(new Event('appinstalled'))").await?;
        phone.sees("#install-heading").await?;
        phone.browser.see_no("#install-button").await
    })
    .await;
}

#[tokio::test]
async fn the_system_shows_missed_calls_and_hands_over_numbers() {
    scenario("app_system", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.browser.in_every_page(SYSTEM).await?;
        phone.lets_notify("granted").await?;
        phone.browser.reload().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.has_worker().await?;
        let asked = |what: &str| format!("window.asked.some((asked) => String(asked) === {what:?})");

        // The address that opened the page is the queue's first, and is not heeded twice.
        phone.browser.until("the queue's consumer", "window.launch").await?;
        phone.browser.run("window.launch({ targetURL: location.href + '?to=%2B12025550143' })").await?;
        let dialled =
            "document.querySelector('#dial-input').value.replace(/\\D/g, '').endsWith('2025550143')";
        phone.browser.until("the number in its field", dialled).await?;

        phone.remembers_notifications().await?;
        let first = phone.browser.tab().await?;
        phone.browser.opens_tab(&format!("{}healthz", cast.stack.url())).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.has_been_notified(1, "Incoming call", 2).await?;
        call.hang_up().await;
        phone.browser.until("the missed call", "localStorage.getItem('sidetone.missed') === '1'").await?;
        phone.browser.goes_to(&first).await?;
        phone.browser.until("the badge to go", "window.asked.at(-1)?.join() === 'badge,0'").await?;
        for what in ["badge,1", "vibrate,3", "vibrate,0"] {
            phone.browser.until(what, &asked(what)).await?;
        }
        Ok(())
    })
    .await;
}
