//! Everybody can use every screen: by axe-core in both languages and both schemes, by keys alone, magnified, by thumb.

use anyhow::Result;
use e2e::PATIENCE;
use e2e::scenario::{Cast, scenario};
use e2e::softphone::Softphone;
use e2e::stack::{BUSY, EXTERNAL, MENU, Options, TOKYO};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

#[tokio::test]
async fn no_screen_keeps_anybody_out() {
    scenario("accessible", Options::default(), async |cast| every_screen(cast, "en").await).await;
}

#[tokio::test]
async fn no_screen_keeps_anybody_out_in_japanese() {
    scenario("accessible_japanese", Options::default(), async |cast| every_screen(cast, "ja").await).await;
}

async fn every_screen(cast: &mut Cast, language: &str) -> Result<()> {
    let phone = cast.person("Tokyo", 440).await?;
    let external = cast.stack.emulator().phone(EXTERNAL);
    speaks(&phone, language).await?;
    is_for_everybody(&phone, "sign-in").await?;
    phone.tries_to_sign_in(TOKYO.number, "wrong").await?;
    phone.sees("#sign-in-error").await?;
    is_for_everybody(&phone, "sign-in refused").await?;
    phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
    is_for_everybody(&phone, "dial pad").await?;
    phone.browser.see("#dial-input").await?.send_keys("0905987").await?;
    phone.browser.click("#call-button").await?;
    phone.sees("#dial-error").await?;
    is_for_everybody(&phone, "no number").await?;
    phone.opens_settings().await?;
    phone.sees(".device").await?;
    phone.browser.click("#sign-out-everywhere").await?;
    phone.browser.click("#passcode-button").await?;
    is_for_everybody(&phone, "settings").await?;
    phone.browser.click("#settings-close").await?;

    phone.dials(EXTERNAL).await?;
    phone.sees_call("ringing").await?;
    is_for_everybody(&phone, "ringing").await?;
    let call = external.next_call(PATIENCE).await?;
    call.answer().await;
    phone.sees_call("open").await?;
    phone.toggles_mute(true).await?;
    phone.browser.click("#keypad-button").await?;
    phone.presses("12").await?;
    is_for_everybody(&phone, "in call").await?;
    phone.opens_settings().await?;
    phone.sees(".device").await?;
    is_for_everybody(&phone, "in call with settings").await?;
    phone.browser.click("#settings-close").await?;
    phone.browser.click("#popout-button").await?;
    phone.sees("#popped-out").await?;
    is_for_everybody(&phone, "popped out").await?;
    phone.browser.click("#popped-out button").await?;
    phone.hangs_up().await?;
    phone.sees_end("completed").await?;
    is_for_everybody(&phone, "ended").await?;
    phone.is_done().await?;

    phone.dials(BUSY).await?;
    phone.sees_end("busy").await?;
    is_for_everybody(&phone, "busy").await?;
    phone.is_done().await?;

    let call = external.call(TOKYO.number).await?;
    phone.sees_call("incoming").await?;
    is_for_everybody(&phone, "incoming").await?;
    phone.opens_settings().await?;
    phone.sees(".device").await?;
    is_for_everybody(&phone, "incoming with settings").await?;
    call.hang_up().await;
    phone.sees_call("ended").await?;
    is_for_everybody(&phone, "missed with settings").await?;
    phone.is_done().await?;
    phone.browser.click("#settings-close").await?;

    cast.stack.stop_emulator().await;
    phone.sees("#line-status:not([data-state=registered])").await?;
    is_for_everybody(&phone, "no phone network").await
}

/// Loads the sign-in page in this language, with what the checks need.
pub(super) async fn speaks(phone: &Softphone, language: &str) -> Result<()> {
    phone.brings_axe().await?;
    phone.browser.run(&format!("localStorage.setItem('sidetone.language', {language:?})")).await?;
    phone.browser.reload().await?;
    phone.sees("#sign-in").await?;
    phone.browser.until("the language", &format!("document.documentElement.lang === {language:?}")).await?;
    Ok(())
}

pub(super) async fn is_for_everybody(phone: &Softphone, state: &str) -> Result<()> {
    phone.fits(state).await?;
    phone.has_no_barrier(state).await
}

#[tokio::test]
async fn a_whole_visit_needs_no_mouse() {
    scenario("keys_alone", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.sees("#sign-in").await?;
        phone.browser.until("the first field", "document.activeElement.id === 'phone-number'").await?;
        phone.browser.keys(&format!("{}{TAB}{}{ENTER}", TOKYO.number, TOKYO.passcode)).await?;
        phone.sees_status("registered").await?;
        phone.browser.until("the number field", "document.activeElement.id === 'dial-input'").await?;
        phone.browser.keys(&format!("{MENU}{ENTER}")).await?;
        phone.sees_call("open").await?;
        phone.tabs_to("mute-button").await?;
        phone.browser.keys(ENTER).await?;
        phone.sees("#mute-button[aria-pressed=true]").await?;
        phone.browser.keys(ENTER).await?;
        phone.sees("#mute-button[aria-pressed=false]").await?;
        phone.tabs_to("keypad-button").await?;
        phone.browser.keys(ENTER).await?;
        phone.sees("#call-keypad").await?;
        phone.browser.keys("5").await?;
        cast.stack.sees_keys("5").await?;
        phone.tabs_to("settings-button").await?;
        phone.browser.keys(ENTER).await?;
        phone.browser.until("the focus in the settings", "document.activeElement.id === 'settings'").await?;
        phone.browser.keys(ESCAPE).await?;
        phone.browser.see_no("#settings").await?;
        phone.browser.until("the focus back", "document.activeElement.id === 'settings-button'").await?;
        phone.tabs_to("hangup-button").await?;
        phone.browser.keys(ENTER).await?;
        phone.sees_end("completed").await?;
        phone.browser.until("the way on", "document.activeElement.id === 'done-button'").await?;
        phone.browser.keys(ENTER).await?;
        phone.sees_no_call().await?;
        phone.tabs_to("sign-out-button").await?;
        phone.browser.keys(ENTER).await?;
        phone.sees("#sign-in").await
    })
    .await;
}
