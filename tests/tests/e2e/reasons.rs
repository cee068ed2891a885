use std::collections::BTreeSet;

use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{BUSY, NO_ANSWER, NOT_IN_SERVICE, Options, TOKYO};

#[tokio::test]
async fn the_user_reads_why_a_call_did_not_come_about() {
    let options = Options { ring_timeout_s: 5, ..Options::default() };
    scenario("reasons", options, async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let mut words = BTreeSet::new();
        for (number, reason) in [(BUSY, "busy"), (NO_ANSWER, "no_answer"), (NOT_IN_SERVICE, "failed")] {
            phone.dials(number).await?;
            words.insert(phone.sees_end(reason).await?);
            phone.is_done().await?;
        }
        ensure!(words.len() == 3, "each reason has words of its own: {words:?}");
        ensure!(
            words.iter().all(|words| !words.contains(char::is_numeric)),
            "no codes for people: {words:?}"
        );

        phone.dials(TOKYO.number).await?;
        words.insert(phone.sees_refusal("own_number").await?);

        phone.dials("12").await?;
        words.insert(phone.browser.text("#dial-error").await?);
        ensure!(words.len() == 5, "{words:?}");
        phone.sees_no_call().await
    })
    .await;
}

#[tokio::test]
async fn calling_again_takes_one_click() {
    scenario("call_again", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(BUSY).await?;
        phone.sees_end("busy").await?;
        phone.browser.click("#call-again-button").await?;
        phone.sees_call("ended").await?;
        phone.sees_end("busy").await?;
        let calls = cast.stack.emulator().calls();
        let parents = calls.iter().filter(|call| call.parent.is_none()).count();
        ensure!(parents == 2, "{parents} calls were made");
        Ok(())
    })
    .await;
}
