//! The strong noise filter: RNNoise between the microphone and the call.

use anyhow::{Context, Result, ensure};
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::sound::MICROPHONE;
use e2e::stack::{ECHO, EXTERNAL, Options, TOKYO};
use serde_json::json;

const STRONG: &str = "Remove it (strong)";
/// Chromium does not tell of a worklet's own file.
const FILES: [&str; 2] = ["/noise.js", "/noise-rnnoise.wasm"];

async fn block(phone: &Softphone, urls: &[String]) -> Result<()> {
    phone.browser.devtools("Network.setBlockedURLs", json!({ "urls": urls })).await?;
    Ok(())
}

async fn says_that_the_filter_is_missing(phone: &Softphone) -> Result<()> {
    phone.sees_sound_notice("The strong filter could not be loaded.").await?;
    phone.sends_unfiltered(true).await?;
    phone.hears_tone(440.0).await
}

#[tokio::test]
async fn noise_goes_and_a_voice_stays() {
    scenario("noise_effect", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let noise = phone.filters("noise").await?;
        ensure!(noise.spoken < -30.0 && noise.pauses < -30.0, "noise alone stays: {noise:?}");
        let voice = phone.filters("voice").await?;
        ensure!(voice.spoken.abs() < 3.0, "the voice is not what it was: {voice:?}");
        let both = phone.filters("both").await?;
        ensure!(both.spoken.abs() < 3.0, "the voice is lost with the noise: {both:?}");
        ensure!(both.pauses < -15.0, "between syllables, the noise stays: {both:?}");
        let again = phone.filters("both").await?;
        let difference = (again.pauses - both.pauses).abs().max((again.spoken - both.spoken).abs());
        ensure!(difference < 3.0, "not the same twice: {both:?}, {again:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_call_goes_through_the_filter_and_leaves_nothing() {
    scenario("noise_call", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.can_unplug().await?;
        phone.watches_the_filter().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.opens_settings().await?;
        phone.chooses("#microphone", MICROPHONE).await?;
        phone.closes_settings().await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        phone.sends_unfiltered(true).await?;
        let asked = phone.browser.requests().await?;
        let early = asked.iter().find(|url| url.contains("/noise"));
        ensure!(early.is_none(), "nobody wanted {early:?}");

        // Into the call, out of it, and in again.
        phone.opens_settings().await?;
        phone.chooses("#noise", STRONG).await?;
        phone.sends_filtered().await?;
        phone.hears_tone(440.0).await?;
        let asked = phone.browser.requests().await?;
        for file in FILES {
            ensure!(asked.iter().any(|url| url.ends_with(file)), "{file} was not loaded: {asked:?}");
        }
        phone.chooses("#noise", "Leave it in").await?;
        phone.sends_unfiltered(false).await?;
        phone.hears_tone(440.0).await?;
        // What is chosen last holds, however fast.
        for words in [STRONG, "Leave it in", STRONG, "Reduce it (browser)"] {
            phone.chooses("#noise", words).await?;
        }
        phone.sends_unfiltered(true).await?;
        for words in ["Leave it in", STRONG, "Reduce it (browser)", STRONG] {
            phone.chooses("#noise", words).await?;
        }
        phone.closes_settings().await?;
        phone.sends_filtered().await?;
        phone.hears_tone(440.0).await?;
        phone.uses_microphones(&[MICROPHONE]).await?;

        phone.unplugs(MICROPHONE).await?;
        phone.sees_sound_notice(&format!("{MICROPHONE} was unplugged. You now speak into ")).await?;
        phone.sends_filtered().await?;
        phone.hears_tone(440.0).await?;
        phone.plugs_in(MICROPHONE).await?;
        phone.sees_sound_notice(&format!("{MICROPHONE} is back.")).await?;
        phone.uses_microphones(&[MICROPHONE]).await?;
        phone.sends_filtered().await?;
        phone.hears_tone(440.0).await?;
        phone.toggles_mute(true).await?;
        phone.hears_silence().await?;
        phone.toggles_mute(false).await?;
        phone.hears_tone(440.0).await?;

        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.uses_microphones(&[]).await?;
        phone.has_no_filter().await?;

        // The next visit's calls begin with it.
        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.uses_microphones(&[]).await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        phone.sends_filtered().await?;
        e2e::hearing::hears_tone(&call, 440.0).await?;
        call.hang_up().await;
        phone.sees_end("completed").await?;
        phone.uses_microphones(&[]).await?;
        phone.has_no_filter().await
    })
    .await;
}

#[tokio::test]
async fn without_the_filter_the_browser_reduces_the_noise_and_says_so() {
    scenario("noise_missing", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.can_unplug().await?;
        phone.watches_the_filter().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.browser.run("localStorage.setItem('sidetone.noise', 'strong')").await?;
        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        for file in FILES {
            block(&phone, &[format!("*{file}")]).await?;
            phone.dials(ECHO).await?;
            phone.sees_call("open").await?;
            says_that_the_filter_is_missing(&phone).await.context(file)?;
            phone.opens_settings().await?;
            let said = "document.querySelector('#noise-missing').innerText.includes('could not be loaded')";
            phone.browser.until("the same words in the settings", said).await?;
            phone.closes_settings().await?;
            phone.hangs_up().await?;
            phone.sees_end("completed").await?;
            phone.is_done().await?;
            phone.uses_microphones(&[]).await?;
            phone.has_no_filter().await?;
        }
        block(&phone, &[]).await?;

        // The next call tries again by itself. Then the filter breaks in the middle of it.
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        phone.sends_filtered().await?;
        phone.hears_tone(440.0).await?;
        phone.browser.run("window.filters()[0].dispatchEvent(new Event('processorerror'))").await?;
        says_that_the_filter_is_missing(&phone).await.context("broken in the call")?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.is_done().await?;
        phone.uses_microphones(&[]).await?;

        // A page that may not run it, as one that nobody has touched; then a worklet that does not load.
        for broken in [
            "AudioContext.prototype.resume = () => new Promise(() => {})",
            "AudioWorklet.prototype.addModule = () => Promise.reject()",
        ] {
            phone.browser.run(broken).await?;
            phone.dials(ECHO).await?;
            phone.sees_call("open").await?;
            says_that_the_filter_is_missing(&phone).await.context(broken)?;
            phone.hangs_up().await?;
            phone.sees_end("completed").await?;
            phone.is_done().await?;
            phone.uses_microphones(&[]).await?;
            phone.has_no_filter().await?;
        }
        Ok(())
    })
    .await;
}
