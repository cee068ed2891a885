use anyhow::ensure;
use e2e::PATIENCE;
use e2e::hearing::hears_tone;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};

#[tokio::test]
async fn an_external_phone_calls_and_both_hear() {
    scenario("incoming", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let far = cast.stack.emulator().phone(EXTERNAL);
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let title = phone.browser.title().await?;

        let call = far.call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        let who = phone.browser.text("#call-peer").await?;
        let digits: String = who.chars().filter(char::is_ascii_digit).collect();
        ensure!(digits.ends_with("9059876543"), "{who:?} is not who calls");
        ensure!(phone.browser.title().await? != title, "the title does not say that it rings");

        phone.answers().await?;
        phone.sees_call("open").await?;
        call.wait_answered(PATIENCE).await?;
        call.plays_tone(660.0).await;
        hears_tone(&call, 440.0).await?;
        phone.hears_tone(660.0).await?;

        call.hang_up().await;
        phone.sees_end("completed").await?;
        phone.is_done().await
    })
    .await;
}

#[tokio::test]
async fn the_person_who_was_called_hangs_up() {
    scenario("incoming_hangs_up", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.answers().await?;
        call.wait_answered(PATIENCE).await?;
        phone.sees_call("open").await?;
        phone.hangs_up().await?;
        call.wait_ended(PATIENCE).await?;
        phone.sees_end("completed").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_call_is_declined() {
    scenario("decline", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.declines().await?;
        call.wait_ended(PATIENCE).await?;
        // declining needs no further words
        phone.browser.see_no("#answer-button").await?;
        phone.sees_status("registered").await
    })
    .await;
}

#[tokio::test]
async fn the_caller_gives_up_while_it_rings() {
    scenario("caller_gives_up", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        call.hang_up().await;
        phone.sees_end("canceled").await?;
        phone.is_done().await?;
        phone.sees_status("registered").await
    })
    .await;
}

#[tokio::test]
async fn nobody_answers() {
    let options = Options { ring_timeout_s: 5, ..Options::default() };
    scenario("nobody_answers", options, async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.browser.see_no("#answer-button").await?;
        // the caller is told, and is not left in silence
        call.wait_ended(PATIENCE).await?;
        phone.sees_status("registered").await
    })
    .await;
}
