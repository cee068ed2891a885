//! Everybody can use what opens within a screen, or beside it, and the page from right to left.

use anyhow::Result;
use e2e::scenario::{Cast, scenario};
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, Options, TOKYO};

use crate::accessibility::{is_for_everybody, speaks};

const CHOSEN: &str = "horse of another colour";

#[tokio::test]
async fn no_part_keeps_anybody_out() {
    scenario("accessible_parts", Options::default(), async |cast| every_part(cast, "en").await).await;
}

#[tokio::test]
async fn no_part_keeps_anybody_out_in_japanese() {
    scenario("accessible_parts_japanese", Options::default(), async |cast| every_part(cast, "ja").await)
        .await;
}

async fn every_part(cast: &mut Cast, language: &str) -> Result<()> {
    let code = cast.stack.one_time_code(TOKYO.number).await?;
    let phone = cast.person("Tokyo", 440).await?;
    speaks(&phone, language).await?;
    phone.tries_to_sign_in(TOKYO.number, &code).await?;
    phone.sees("#choose-passcode").await?;
    is_for_everybody(&phone, "first passcode").await?;
    phone.chooses_passcode("12345678", "another one").await?;
    phone.browser.click("#choose-button").await?;
    phone.sees("#sign-in-error").await?;
    is_for_everybody(&phone, "first passcode refused").await?;
    phone.chooses_passcode(CHOSEN, CHOSEN).await?;
    phone.browser.click("#choose-button").await?;
    phone.sees_status("registered").await?;

    phone.opens_settings().await?;
    phone.sees(".device").await?;
    phone.browser.click("#connection-test-button").await?;
    phone.sees("#connection-test[data-state='running']").await?;
    is_for_everybody(&phone, "connection test").await?;
    phone.sees_connection_verdict("good").await?;
    phone.browser.click("#connection-test-figures summary").await?;
    is_for_everybody(&phone, "connection tested").await?;
    phone.browser.click("#settings-close").await?;

    phone.dials(ECHO).await?;
    phone.sees_call("open").await?;
    phone.sees_quality("good").await?;
    phone.presses_lamp().await?;
    phone.sees("#quality-figures figure").await?;
    is_for_everybody(&phone, "figures").await?;
    its_window_is_for_everybody(&phone).await?;
    phone.hangs_up().await?;
    phone.sees_end("completed").await?;
    phone.rates(false).await?;
    phone.sees_rating_kept().await?;
    is_for_everybody(&phone, "rated").await?;

    phone.browser.run("document.documentElement.dir = 'rtl'").await?;
    is_for_everybody(&phone, "rated, from right to left").await?;
    phone.is_done().await?;
    phone.opens_settings().await?;
    phone.sees(".device").await?;
    is_for_everybody(&phone, "settings from right to left").await?;
    phone.browser.click("#settings-close").await?;
    phone.dials(ECHO).await?;
    phone.sees_call("open").await?;
    phone.browser.click("#keypad-button").await?;
    phone.sees_quality("good").await?;
    is_for_everybody(&phone, "in call, from right to left").await?;
    phone.hangs_up().await?;
    phone.is_done().await?;
    is_for_everybody(&phone, "dial pad from right to left").await
}

/// The call in a window of its own, with the figures and the keypad.
async fn its_window_is_for_everybody(phone: &Softphone) -> Result<()> {
    phone.browser.click("#keypad-button").await?;
    phone.browser.click("#popout-button").await?;
    phone.sees("#popped-out").await?;
    let page = phone.browser.tab().await?;
    phone.browser.goes_to_window_of(&page).await?;
    phone.sees("#call #quality-figures").await?;
    phone.has_axe().await?;
    phone.has_no_barrier("in its window").await?;
    phone.browser.goes_to(&page).await?;
    phone.browser.click("#popped-out button").await?;
    phone.sees("#call").await
}
