use std::time::Duration;

use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{Options, TOKYO};
use shared::api::paths;
use tokio::time::{sleep, timeout};

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

/// Every scenario checks that no page tried what its policy forbids; this one checks that the check sees it.
#[tokio::test]
async fn what_the_policy_forbids_is_seen() {
    scenario("policy_seen", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.browser.console().await?;
        let inline = "document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = true' }));";
        phone.browser.run(inline).await?;
        let complaint = async || -> anyhow::Result<bool> {
            let console = phone.browser.console().await?;
            Ok(console.iter().any(|line| line.contains("Content Security Policy")))
        };
        // The browser tells of it in its own time.
        timeout(Duration::from_secs(20), async {
            while !complaint().await? {
                sleep(Duration::from_millis(50)).await;
            }
            anyhow::Ok(())
        })
        .await??;
        let ran = phone.browser.run("return window.ran === true;").await?;
        ensure!(ran == false, "a script ran that the policy forbids");
        Ok(())
    })
    .await;
}

/// The server tells the browser of them with the page, before the program is there to ask.
#[tokio::test]
async fn what_the_page_asks_first_is_asked_once() {
    scenario("asked_once", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.browser.requests().await?;
        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        let asked = phone.browser.requests().await?;
        for path in [paths::SESSION, paths::SIGN_IN_OPTIONS, paths::DEMO] {
            let times = asked.iter().filter(|url| url.ends_with(path)).count();
            ensure!(times == 1, "{path} was asked {times} times: {asked:#?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_licences_of_its_parts_come_with_the_page() {
    scenario("licences", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.opens_settings().await?;
        let link = "document.querySelector('#third-party')?.getAttribute('href')";
        let path = phone.browser.until("the link", link).await?;
        let text = cast.stack.get(path.as_str().unwrap_or_default()).await?;
        let text = String::from_utf8(text)?;
        for part in ["@twilio/voice-sdk", "RNNoise", "Lucide", "libphonenumber", "leptos", "wasm-bindgen"] {
            ensure!(text.contains(part), "{part} is missing");
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
        let ours = cast.stack.get(paths::SDK).await?;
        ensure!(ours == std::fs::read(folder)?, "the SDK differs from the package's file");
        Ok(())
    })
    .await;
}
