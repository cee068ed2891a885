use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{Options, TOKYO, WASHINGTON};

#[tokio::test]
async fn two_browsers_with_two_lines_call_each_other() {
    scenario("two_lines", Options::default(), async |cast| {
        let tokyo = cast.person("Tokyo", 440).await?;
        let washington = cast.person("Washington", 660).await?;
        tokyo.signs_in(TOKYO.number, TOKYO.passcode).await?;
        washington.signs_in(WASHINGTON.number, WASHINGTON.passcode).await?;

        tokyo.dials(WASHINGTON.number).await?;
        washington.sees_call("incoming").await?;
        let who = washington.browser.text("#call-peer").await?;
        let digits: String = who.chars().filter(char::is_ascii_digit).collect();
        ensure!(digits.ends_with("5031234567"), "{who:?} is not Tokyo's number");
        washington.answers().await?;
        tokyo.sees_call("open").await?;
        washington.sees_call("open").await?;
        tokyo.hears_tone(660.0).await?;
        washington.hears_tone(440.0).await?;
        washington.hangs_up().await?;
        tokyo.sees_end("completed").await?;
        tokyo.is_done().await?;
        washington.sees_end("completed").await?;
        washington.is_done().await?;

        washington.dials(TOKYO.number).await?;
        tokyo.answers().await?;
        washington.sees_call("open").await?;
        tokyo.hears_tone(660.0).await?;
        tokyo.hangs_up().await?;
        washington.sees_end("completed").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_line_that_is_not_signed_in_does_not_ring_for_ever() {
    scenario("line_signed_out", Options::default(), async |cast| {
        let tokyo = cast.person("Tokyo", 440).await?;
        tokyo.signs_in(TOKYO.number, TOKYO.passcode).await?;
        tokyo.dials(WASHINGTON.number).await?;
        tokyo.sees_end("no_answer").await?;
        Ok(())
    })
    .await;
}
