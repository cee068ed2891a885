//! What is in the way of a call, told before it, with the button that mends it.

use anyhow::{Result, ensure};
use e2e::PATIENCE;
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::sound::{MICROPHONE, OTHER_MICROPHONE};
use e2e::stack::{ECHO, EXTERNAL, Options, TOKYO};
use serde_json::json;

/// Chromium's own setting of the page's site.
async fn permit(phone: &Softphone, setting: &str) -> Result<()> {
    let params = json!({ "permission": { "name": "microphone" }, "setting": setting });
    phone.browser.devtools("Browser.setPermission", params).await.map(|_| ())
}

#[tokio::test]
async fn a_denied_microphone_is_told_before_the_call_and_clears_by_itself() {
    scenario("audio_denied", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.can_unplug().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.sees_no_sound_trouble().await?;
        permit(&phone, "denied").await?;
        let words = phone.sees_sound_trouble("denied").await?;
        ensure!(words.contains("address bar"), "{words:?} says no way out");
        // The lamp promises no more than that it rings.
        phone.sees("#line-status[data-state=registered][data-unheard]").await?;
        ensure!(phone.browser.text("#line-status").await? == "No microphone");

        // The harness has Chromium grant the microphone without asking; what it throws when it may not is known.
        phone.browser.run("window.microphoneError = 'NotAllowedError'").await?;
        phone.dials(ECHO).await?;
        phone.sees_end("microphone").await?;
        phone.sees_sound_trouble("denied").await?;
        phone.browser.run("window.microphoneError = ''").await?;
        permit(&phone, "granted").await?;
        phone.sees_no_sound_trouble().await?;
        ensure!(phone.browser.text("#line-status").await? == "Ready");
        phone.browser.click("#call-again-button").await?;
        phone.sees_call("open").await?;
        phone.hears_tone(440.0).await?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.uses_microphones(&[]).await
    })
    .await;
}

#[tokio::test]
async fn a_question_that_nobody_answers_is_said_in_words_and_the_call_goes_on_with_the_answer() {
    scenario("audio_asked", Options::default(), async |cast| {
        let url = cast.stack.url();
        let phone = cast.person("Tokyo", 440).await?;
        phone.can_unplug().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        permit(&phone, "prompt").await?;
        phone.browser.run("window.ask()").await?;
        phone.dials(ECHO).await?;
        let words = phone.sees_sound_trouble("asked").await?;
        ensure!(words.contains("asks whether this page may use the microphone: allow it"), "{words:?}");
        phone.sees_call("connecting").await?;
        phone.sees_nothing_moved_by("#sound-trouble").await?;
        phone.hangs_up().await?;
        phone.sees_end("canceled").await?;
        // Another attempt, while the browser still asks.
        phone.browser.click("#call-again-button").await?;
        phone.sees_call("connecting").await?;
        permit(&phone, "granted").await?;
        phone.browser.run("window.answer()").await?;
        phone.sees_call("open").await?;
        phone.hears_tone(440.0).await?;
        phone.sees_no_sound_trouble().await?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.is_done().await?;
        phone.uses_microphones(&[]).await?;

        // One who calls waits with the user, who says no at last.
        phone.browser.run("window.ask()").await?;
        permit(&phone, "prompt").await?;
        let caller = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        let first = phone.browser.tab().await?;
        let second = phone.browser.opens_tab(&url).await?;
        phone.sees_call("incoming").await?;
        phone.answers().await?;
        // This tab shows the call, and the browser asks in the other one.
        let words = phone.sees_sound_trouble("asked_elsewhere").await?;
        ensure!(words.contains("In the tab that has the phone"), "{words:?}");
        phone.browser.goes_to(&first).await?;
        phone.sees_sound_trouble("asked").await?;
        phone.sees_call("connecting").await?;
        phone.browser.run("window.answer('NotAllowedError')").await?;
        phone.sees_end("microphone").await?;
        phone.sees_sound_trouble("denied").await?;
        phone.browser.goes_to(&second).await?;
        phone.sees_no_sound_trouble().await?;
        caller.wait_ended(PATIENCE).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_microphone_that_another_program_has_is_tried_again() {
    scenario("audio_taken", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.can_unplug().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.browser.run("window.microphoneError = 'NotReadableError'").await?;
        phone.dials(ECHO).await?;
        phone.sees_end("microphone").await?;
        let words = phone.sees_sound_trouble("taken").await?;
        ensure!(words.contains("another program"), "{words:?}");
        phone.browser.run("window.microphoneError = ''").await?;
        phone.browser.click("#sound-cure").await?;
        phone.sees_no_sound_trouble().await?;
        phone.uses_microphones(&[]).await
    })
    .await;
}

#[tokio::test]
async fn a_browser_without_microphones_says_so_and_blames_no_other_program() {
    scenario("audio_lacking", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let lacking =
            "Object.defineProperty(Navigator.prototype, 'mediaDevices', { get() { return undefined; } });";
        phone.browser.in_every_page(lacking).await?;
        phone.browser.reload().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let words = phone.sees_sound_trouble("unable").await?;
        ensure!(words.contains("This browser cannot use a microphone"), "{words:?}");
        phone.dials(ECHO).await?;
        phone.sees_end("microphone").await?;
        let words = phone.browser.text(".phone").await?;
        ensure!(words.contains("This browser cannot") && !words.contains("programs"), "{words:?}");
        phone.is_done().await?;

        // A page whose address is not secure has none either.
        let insecure = "Object.defineProperty(window, 'isSecureContext', { get() { return false; } });";
        phone.browser.in_every_page(insecure).await?;
        phone.browser.reload().await?;
        let words = phone.sees_sound_trouble("insecure").await?;
        ensure!(words.contains("https"), "{words:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_missing_microphone_is_found_when_it_is_plugged_in() {
    scenario("audio_missing", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.can_unplug().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let microphones = ["Fake Default Audio Input", MICROPHONE, OTHER_MICROPHONE];
        for microphone in microphones {
            phone.unplugs(microphone).await?;
        }
        phone.sees_sound_trouble("missing").await?;
        phone.dials(ECHO).await?;
        phone.sees_end("microphone").await?;
        phone.plugs_in(MICROPHONE).await?;
        phone.sees_no_sound_trouble().await
    })
    .await;
}

#[tokio::test]
async fn a_page_that_was_not_touched_says_that_it_cannot_ring() {
    scenario("audio_silent", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        // The click on the sign-in button is a gesture, and lets sounds out.
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.sees_no_sound_trouble().await?;
        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        phone.sees_sound_trouble("silent").await?;
        let state = "Twilio.Device.audioContext.state";
        ensure!(phone.browser.run(&format!("return {state}")).await? == "suspended", "that is not true");
        phone.browser.click("#sound-cure").await?;
        phone.sees_no_sound_trouble().await?;
        phone.browser.until("sound", &format!("{state} === 'running'")).await.map(|_| ())
    })
    .await;
}
