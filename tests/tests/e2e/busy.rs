//! Whoever calls while the line has another call, and whoever the page could not tell of.

use anyhow::{Result, ensure};
use e2e::PATIENCE;
use e2e::hearing::hears_tone;
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, EXTERNAL, Options, TOKYO, WASHINGTON};
use emulator::EndReason;

const LONDON: &str = "+442079460958";

/// From then on the page knows what it has to catch up with.
async fn has_caught_up(phone: &Softphone) -> Result<()> {
    let kept = "/^\\S+ \\d+/.test(localStorage.getItem('sidetone.seen'))";
    phone.browser.until("the page to ask for missed calls", kept).await.map(|_| ())
}

#[tokio::test]
async fn a_second_caller_hears_that_the_line_is_busy_and_the_user_learns_of_it() {
    scenario("busy_line", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        has_caught_up(&phone).await?;
        let first = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.answers().await?;
        first.wait_answered(PATIENCE).await?;
        hears_tone(&first, 440.0).await?;
        let second = cast.stack.emulator().phone(LONDON).call(TOKYO.number).await?;
        ensure!(second.wait_ended(PATIENCE).await? == EndReason::Busy, "nobody was told that it is busy");
        phone.sees_call("open").await?;
        phone.browser.see_no("#missed-calls").await?;
        hears_tone(&first, 440.0).await?;

        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        let missed = phone.sees_missed(1).await?;
        ensure!(missed[0].0.starts_with("442079460958") && missed[0].1 == "true", "{missed:?}");
        let words = phone.browser.text("#missed-calls").await?;
        ensure!(words.contains("Missed while the line was busy"), "{words}");
        // It came over the end of the call, whose buttons are where they were.
        phone.sees_nothing_moved_by("#missed-calls").await?;
        phone.is_done().await?;
        phone.sees_missed(1).await?;
        phone.sees_nothing_moved_by("#missed-calls").await?;
        // Until somebody has seen it.
        phone.browser.reload().await?;
        phone.sees_missed(1).await?;
        phone.dismisses_missed().await?;
        // The line is free.
        let third = cast.stack.emulator().phone(LONDON).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        third.hang_up().await;
        phone.sees_end("canceled").await.map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn a_caller_who_comes_while_another_one_rings_is_told_too() {
    scenario("busy_ringing", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        has_caught_up(&phone).await?;
        let first = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        let second = cast.stack.emulator().phone(LONDON).call(TOKYO.number).await?;
        ensure!(second.wait_ended(PATIENCE).await? == EndReason::Busy, "nobody was told that it is busy");
        phone.sees_call("incoming").await?;
        first.hang_up().await;
        phone.sees_end("canceled").await?;
        // The one on the screen is told there.
        let missed = phone.sees_missed(1).await?;
        ensure!(missed[0].0.starts_with("442079460958"), "{missed:?}");
        let words = phone.browser.text("#missed-calls").await?;
        ensure!(
            !words.contains("talking") && words.contains("while the line was busy"),
            "nobody talked: {words}"
        );
        phone.is_done().await?;
        phone.sees_missed(1).await?;
        phone.browser.reload().await?;
        phone.sees_missed(1).await.map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn a_call_that_rings_while_the_page_is_loaded_anew_is_told_afterwards() {
    scenario("busy_reload", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        has_caught_up(&phone).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        call.hang_up().await;
        let missed = phone.sees_missed(1).await?;
        ensure!(missed[0].0.starts_with("819059876543") && missed[0].1 == "false", "{missed:?}");
        let words = phone.browser.text("#missed-calls").await?;
        ensure!(words.contains("Missed calls") && !words.contains("busy"), "{words}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_line_that_calls_a_busy_line_sees_that_it_is() {
    scenario("busy_lines", Options::default(), async |cast| {
        let tokyo = cast.person("Tokyo", 440).await?;
        let washington = cast.person("Washington", 660).await?;
        tokyo.signs_in(TOKYO.number, TOKYO.passcode).await?;
        has_caught_up(&tokyo).await?;
        washington.signs_in(WASHINGTON.number, WASHINGTON.passcode).await?;
        tokyo.dials(ECHO).await?;
        tokyo.hears_tone(440.0).await?;
        washington.dials(TOKYO.number).await?;
        washington.sees_end("busy").await?;
        washington.is_done().await?;
        tokyo.hangs_up().await?;
        tokyo.is_done().await?;
        let missed = tokyo.sees_missed(1).await?;
        ensure!(missed[0].0.starts_with("12025550143"), "{missed:?}");

        // Calling back is one press.
        tokyo.browser.click("#missed-calls li button").await?;
        washington.answers().await?;
        tokyo.hears_tone(660.0).await?;
        tokyo.hangs_up().await
    })
    .await;
}
