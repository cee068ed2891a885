//! Speaker, ringer and microphone tried out, and ringtones.

use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::sound::{MICROPHONE, SPEAKER};
use e2e::stack::{EXTERNAL, Options, TOKYO};

#[tokio::test]
async fn a_microphone_is_tested_and_let_go() {
    scenario("audio_microphone_test", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.can_unplug().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.opens_settings().await?;
        phone.chooses("#microphone", MICROPHONE).await?;
        phone.chooses("#speaker", SPEAKER).await?;
        phone.browser.click("#test-microphone").await?;
        phone.uses_microphones(&[MICROPHONE]).await?;
        let moves =
            "Number(document.querySelector('#sound-settings .level')?.getAttribute('aria-valuenow')) > 30";
        phone.browser.until("the meter to move", moves).await?;
        phone
            .browser
            .until("the recording", "window.played.some(({ src }) => src.startsWith('blob:'))")
            .await?;
        phone.sounds_from(SPEAKER).await?;
        phone.uses_microphones(&[]).await?;
        let done = "document.querySelector('#microphone-test').innerText.includes('how others hear you')";
        phone.browser.until("the end of the test", done).await?;

        phone.browser.click("#test-speaker").await?;
        phone
            .browser
            .until("the chime", "window.played.some(({ src }) => src.endsWith('/chime.wav'))")
            .await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_chosen_ringtone_rings_where_it_shall() {
    scenario("audio_ringtone", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.can_unplug().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.browser.requests().await?;
        phone.opens_settings().await?;
        phone.chooses("#ringer", SPEAKER).await?;
        phone.chooses("#ringtone", "Marimba").await?;
        phone.browser.click("#test-ringer").await?;
        phone
            .browser
            .until("the ringtone", "window.played.some(({ src }) => src.endsWith('/ring-marimba.wav'))")
            .await?;
        let asked = phone.browser.requests().await?;
        ensure!(asked.iter().any(|url| url.ends_with("/ring-marimba.wav")), "not asked for: {asked:?}");
        ensure!(!asked.iter().any(|url| url.ends_with("/ring-bell.wav")), "asked for in vain: {asked:?}");
        phone.closes_settings().await?;

        // The SDK rings through an audio element of its own when it is not on the system's device.
        phone.browser.run("window.sinks.length = window.played.length = 0").await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.sounds_from(SPEAKER).await?;
        phone.declines().await?;
        call.wait_ended(e2e::PATIENCE).await?;

        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        let asked = phone.browser.requests().await?;
        ensure!(asked.iter().any(|url| url.ends_with("/ring-marimba.wav")), "forgotten: {asked:?}");
        Ok(())
    })
    .await;
}
