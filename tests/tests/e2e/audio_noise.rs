//! The strong noise filter: RNNoise between the microphone and the call.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::PATIENCE;
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, Options, TOKYO};

/// Waits until the page hears something as loud as this.
async fn hears_rms(phone: &Softphone, what: &str, is_it: impl Fn(f64) -> bool) -> Result<f64> {
    let listening = async {
        let mut times = 0;
        loop {
            let rms = phone.hears().await.map_or(f64::NAN, |heard| heard.rms);
            // Not just for a moment, as between two microphones.
            times = if is_it(rms) { times + 1 } else { 0 };
            if times == 10 {
                return rms;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    match tokio::time::timeout(PATIENCE, listening).await {
        Ok(rms) => Ok(rms),
        Err(_) => anyhow::bail!("never heard {what}; last {:?}", phone.hears().await),
    }
}

#[tokio::test]
async fn noise_does_not_reach_the_far_end() {
    scenario("audio_noise", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.can_unplug().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.opens_settings().await?;
        phone.chooses("#noise", "Leave it in").await?;
        phone.browser.run("window.microphoneNoise = true").await?;
        phone.closes_settings().await?;
        phone.browser.requests().await?;

        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        let loud = hears_rms(&phone, "the waterfall", |rms| rms > 0.05).await?;
        phone.opens_settings().await?;
        phone.chooses("#noise", "Remove it (strong)").await?;
        let quiet = hears_rms(&phone, "much less of it", |rms| rms < loud / 4.0).await?;
        ensure!(quiet.is_finite());
        let asked = phone.browser.requests().await?;
        for file in ["/noise-worklet.js", "/noise-rnnoise.wasm"] {
            ensure!(asked.iter().any(|url| url.ends_with(file)), "{file} was not loaded: {asked:?}");
        }
        phone.chooses("#noise", "Leave it in").await?;
        hears_rms(&phone, "the waterfall again", |rms| rms > loud / 2.0).await?;
        phone.chooses("#noise", "Remove it (strong)").await?;
        phone.closes_settings().await?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.is_done().await?;

        // The next call begins with the filter; a tone that is no noise comes through it.
        phone.browser.run("window.microphoneNoise = false").await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        hears_rms(&phone, "something", |rms| rms > 0.005).await?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.uses_microphones(&[]).await
    })
    .await;
}
