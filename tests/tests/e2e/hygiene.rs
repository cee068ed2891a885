use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{Options, TOKYO};

/// Every scenario checks that its browsers asked no other host; this one checks that the check sees anything.
#[tokio::test]
async fn the_demo_asks_nobody_but_this_machine() {
    scenario("same_host", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.hears_itself(440.0).await?;
        let asked = phone.browser.requests().await?;
        for part in ["twilio.min.js", "/signal", "sounds/incoming.wav", "/v4/EndpointEvents"] {
            ensure!(asked.iter().any(|url| url.contains(part)), "{part} is not among {asked:#?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_sdk_is_byte_for_byte_what_npm_has() {
    scenario("sdk_bytes", Options::default(), async |cast| {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../frontend/node_modules/@twilio/voice-sdk/dist/twilio.min.js"
        );
        let ours = cast.stack.get(shared::api::paths::SDK).await?;
        ensure!(ours == std::fs::read(folder)?, "the SDK differs from the package's file");
        Ok(())
    })
    .await;
}
