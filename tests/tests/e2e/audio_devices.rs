//! Devices that are chosen, remembered, unplugged in a call, and let go after it.

use e2e::scenario::scenario;
use e2e::sound::{DEFAULT_MICROPHONE, MICROPHONE, OTHER_MICROPHONE, SPEAKER};
use e2e::stack::{ECHO, EXTERNAL, Options, TOKYO};

#[tokio::test]
async fn a_microphone_is_unplugged_in_a_call_and_comes_back() {
    scenario("audio_hot_plug", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.can_unplug().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.uses_microphones(&[]).await?;
        phone.opens_settings().await?;
        phone.chooses("#microphone", MICROPHONE).await?;
        phone.chooses("#speaker", SPEAKER).await?;
        phone.uses_microphones(&[]).await?;
        phone.closes_settings().await?;

        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        phone.uses_microphones(&[MICROPHONE]).await?;
        phone.sounds_from(SPEAKER).await?;
        phone.hears_tone(440.0).await?;

        phone.unplugs(MICROPHONE).await?;
        phone.sees_sound_notice(&format!("{MICROPHONE} was unplugged. You now speak into ")).await?;
        phone.hears_tone(440.0).await?;
        phone.plugs_in(MICROPHONE).await?;
        phone.sees_sound_notice(&format!("{MICROPHONE} is back.")).await?;
        phone.uses_microphones(&[MICROPHONE]).await?;
        phone.hears_tone(440.0).await?;

        // Who is silent stays silent, whatever the microphone.
        phone.toggles_mute(true).await?;
        phone.hears_silence().await?;
        phone.opens_settings().await?;
        phone.chooses("#microphone", OTHER_MICROPHONE).await?;
        phone.closes_settings().await?;
        phone.uses_microphones(&[OTHER_MICROPHONE]).await?;
        phone.hears_silence().await?;
        phone.toggles_mute(false).await?;
        phone.hears_tone(440.0).await?;

        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.uses_microphones(&[]).await?;

        // The next call has the microphone that was chosen, also on the next visit.
        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.uses_microphones(&[]).await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        phone.uses_microphones(&[OTHER_MICROPHONE]).await?;
        e2e::hearing::hears_tone(&call, 440.0).await?;
        call.hang_up().await;
        phone.sees_end("completed").await?;
        phone.uses_microphones(&[]).await?;
        phone.opens_settings().await?;
        phone.sees_choice("#microphone", OTHER_MICROPHONE).await?;
        phone.sees_choice("#speaker", SPEAKER).await
    })
    .await;
}

/// Most browsers ask at the first call, and tell the names then. The call goes on with the microphone that it began with.
#[tokio::test]
async fn a_browser_that_hides_its_devices_until_the_call_loses_no_sound() {
    scenario("audio_hidden", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.hides_devices().await?;
        phone.can_unplug().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        phone.hears_tone(440.0).await?;
        phone.browser.see_no("#sound-notice").await?;
        phone.uses_microphones(&[DEFAULT_MICROPHONE]).await?;
        phone.hangs_up().await?;
        phone.is_done().await?;
        phone.uses_microphones(&[]).await?;

        phone.opens_settings().await?;
        phone.chooses("#microphone", OTHER_MICROPHONE).await?;
        phone.closes_settings().await?;
        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        phone.uses_microphones(&[OTHER_MICROPHONE]).await?;
        e2e::hearing::hears_tone(&call, 440.0).await?;

        phone.unplugs(OTHER_MICROPHONE).await?;
        phone.sees_sound_notice(&format!("{OTHER_MICROPHONE} was unplugged. You now speak into ")).await?;
        phone.uses_microphones(&[DEFAULT_MICROPHONE]).await?;
        e2e::hearing::hears_tone(&call, 440.0).await?;
        phone.plugs_in(OTHER_MICROPHONE).await?;
        phone.uses_microphones(&[OTHER_MICROPHONE]).await?;
        e2e::hearing::hears_tone(&call, 440.0).await?;
        call.hang_up().await;
        phone.sees_end("completed").await?;
        phone.uses_microphones(&[]).await
    })
    .await;
}
