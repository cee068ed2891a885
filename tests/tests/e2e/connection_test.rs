//! The test of the connection in the settings: the SDK's own preflight against server and emulator.

use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{ECHO, Options, TOKYO};

const BUTTON: &str = "#connection-test-button";

#[tokio::test]
async fn a_good_connection_and_a_bad_one_get_their_verdicts() {
    scenario("connection_test", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.opens_settings().await?;
        let calls = cast.stack.emulator().calls().len();
        phone.browser.click(BUTTON).await?;
        phone.sees("#connection-test[data-state='running']").await?;
        phone.sees_connection_verdict("good").await?;
        let words = phone.browser.text("#connection-test-verdict").await?;
        ensure!(words.contains("calls will sound clear"), "{words:?}");
        phone.browser.click("#connection-test-figures summary").await?;
        let figures = phone.browser.text("#connection-test-figures").await?;
        ensure!(figures.contains("Round trip") && figures.contains(" ms"), "{figures:?}");
        ensure!(cast.stack.emulator().calls().len() == calls + 1, "it is one call, and nobody is dialled");

        cast.stack.emulator().set_packet_loss(25);
        phone.browser.click(BUTTON).await?;
        phone.sees_connection_verdict("not-usable").await?;
        let words = phone.browser.text("#connection-test-verdict").await?;
        ensure!(words.contains("Not usable") && words.contains("closer to the Wi-Fi"), "{words:?}");
        cast.stack.emulator().set_packet_loss(0);

        // The line is as it was.
        phone.browser.click("#settings-close").await?;
        phone.sees_status("registered").await?;
        phone.hears_itself(440.0).await?;
        phone.is_done().await
    })
    .await;
}

#[tokio::test]
async fn a_test_can_be_stopped_and_a_call_goes_first() {
    scenario("connection_test_stops", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        // Room for the settings and the phone side by side.
        phone.browser.look(1440, 1000, false).await?;
        phone.opens_settings().await?;
        phone.browser.click(BUTTON).await?;
        phone.sees("#connection-test-verdict:not(:empty)").await?;
        phone.browser.click(BUTTON).await?;
        phone.sees("#connection-test[data-state='idle']").await?;

        phone.browser.click(BUTTON).await?;
        phone.sees("#connection-test[data-state='running']").await?;
        phone.dials(ECHO).await?;
        phone.sees("#connection-test[data-state='idle']").await?;
        phone.sees(&format!("{BUTTON}:disabled")).await?;
        phone.sees_call("open").await?;
        phone.hears_tone(440.0).await?;
        phone.hangs_up().await?;
        phone.sees(&format!("{BUTTON}:enabled")).await?;
        phone.is_done().await
    })
    .await;
}
