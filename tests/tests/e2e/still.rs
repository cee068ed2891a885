//! Nothing that a hand may be on its way to moves because something comes by itself.

use anyhow::Result;
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, Options, TOKYO};
use serde_json::json;

async fn permits_microphone(phone: &Softphone, setting: &str) -> Result<()> {
    let params = json!({ "permission": { "name": "microphone" }, "setting": setting });
    phone.browser.devtools("Browser.setPermission", params).await.map(|_| ())
}

async fn is_offline(phone: &Softphone, offline: bool) -> Result<()> {
    let network =
        json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    phone.browser.devtools("Network.emulateNetworkConditions", network).await.map(|_| ())
}

#[tokio::test]
async fn what_comes_over_the_dial_pad_moves_no_key() {
    scenario("still_pad", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let field = phone.browser.see("#dial-input").await?;
        field.send_keys(TOKYO.number).await?;
        phone.browser.until("a hint", "document.querySelector('#dial-hint').innerText").await?;
        phone.sees_nothing_moved_by("#dial-hint").await?;
        field.clear().await?;
        field.send_keys("0905").await?;
        phone.browser.click("#call-button").await?;
        phone.sees_nothing_moved_by("#dial-error").await?;
        field.clear().await?;

        permits_microphone(&phone, "denied").await?;
        phone.sees_sound_trouble("denied").await?;
        phone.sees_nothing_moved_by("#sound-trouble").await?;
        permits_microphone(&phone, "granted").await?;
        is_offline(&phone, true).await?;
        phone.sees_nothing_moved_by(".line-why").await?;
        is_offline(&phone, false).await
    })
    .await;
}

#[tokio::test]
async fn what_comes_in_a_call_moves_no_button_of_it() {
    scenario("still_call", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        phone.hears_tone(440.0).await?;
        phone.toggles_mute(true).await?;
        let told = "document.querySelector('#quality-advice')?.textContent";
        phone.browser.until("that nobody hears what is said", told).await?;
        phone.sees_nothing_moved_by("#quality-advice").await?;
        phone.browser.click("#keypad-button").await?;
        phone.sees("#call-keypad").await?;
        phone.sees_nothing_moved_by("#quality-advice").await?;
        phone.browser.click("#keypad-button").await?;
        is_offline(&phone, true).await?;
        phone.sees_nothing_moved_by(".line-why").await?;
        is_offline(&phone, false).await?;
        phone.sees_status("registered").await?;
        phone.hangs_up().await
    })
    .await;
}
