use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};

const CHOSEN: &str = "horse of another colour";
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// The element that has the focus.
const FOCUS: &str = "document.activeElement.id";

#[tokio::test]
async fn the_settings_are_worked_by_keys_alone() {
    scenario("settings_keys", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.browser.run("document.querySelector('#settings-button').focus()").await?;
        phone.browser.keys(ENTER).await?;
        phone.browser.until("the focus in the settings", &format!("{FOCUS} === 'settings'")).await?;
        // What is typed there is not dialled.
        phone.browser.keys("12345").await?;
        phone.sees(".device[data-current=true]").await?;
        ensure!(phone.browser.text("#edge").await? == "ashburn");
        phone.tabs_to("passcode-button").await?;
        phone.browser.keys(ENTER).await?;
        phone.browser.until("its first field", &format!("{FOCUS} === 'present-passcode'")).await?;
        phone.browser.keys(&format!("wrong{TAB}{CHOSEN}{TAB}{TAB}{CHOSEN}{ENTER}")).await?;
        phone.sees("#passcode-error").await?;
        phone.browser.run("document.querySelector('#present-passcode').select(); document.querySelector('#present-passcode').focus()").await?;
        phone.browser.keys(&format!("{}{ENTER}", TOKYO.passcode)).await?;
        phone.browser.until("success", "document.querySelector('#passcode-done').innerText").await?;
        phone.browser.keys(ESCAPE).await?;
        phone.browser.see_no("#settings").await?;
        phone.browser.until("the focus back", &format!("{FOCUS} === 'settings-button'")).await?;
        let dialled = phone.browser.run("return document.querySelector('#dial-input').value").await?;
        ensure!(dialled == "", "{dialled} was dialled");

        phone.browser.click("#sign-out-button").await?;
        phone.sees("#sign-in").await?;
        phone.signs_in(TOKYO.number, CHOSEN).await
    })
    .await;
}

#[tokio::test]
async fn a_call_goes_on_beside_the_settings() {
    scenario("settings_call", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.opens_settings().await?;
        phone.browser.see_no("#dial-input").await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        phone.sees("#settings").await?;
        phone.browser.click("#passcode-button").await?;
        phone.browser.keys("1234").await?;
        cast.stack.sees_keys("").await?;
        // The first Escape is for the settings, not for the call.
        phone.browser.keys(ESCAPE).await?;
        phone.browser.see_no("#settings").await?;
        phone.sees_call("open").await?;
        phone.hangs_up().await?;
        drop(call);
        phone.sees_end("completed").await?;
        Ok(())
    })
    .await;
}
