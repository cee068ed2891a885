use anyhow::ensure;
use e2e::PATIENCE;
use e2e::hearing::hears_tone;
use e2e::scenario::scenario;
use e2e::stack::{ECHO, EXTERNAL, Options, TOKYO};

#[tokio::test]
async fn a_call_is_answered_steered_and_ended_from_another_tab() {
    scenario("tabs_steer", Options::default(), async |cast| {
        let url = cast.stack.url();
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let first = phone.browser.tab().await?;
        let second = phone.browser.opens_tab(&url).await?;
        phone.sees_status("registered").await?;

        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.sees("#call-elsewhere").await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        call.wait_answered(PATIENCE).await?;
        hears_tone(&call, 440.0).await?;
        phone.toggles_mute(true).await?;

        phone.browser.goes_to(&first).await?;
        phone.sees("#mute-button[aria-pressed='true']").await?;
        phone.browser.see_no("#call-elsewhere").await?;
        phone.toggles_mute(false).await?;

        phone.browser.goes_to(&second).await?;
        phone.sees("#mute-button[aria-pressed='false']").await?;
        phone.hangs_up().await?;
        call.wait_ended(PATIENCE).await?;
        phone.sees_end("completed").await?;
        phone.is_done().await?;
        phone.browser.goes_to(&first).await?;
        phone.sees_no_call().await
    })
    .await;
}

#[tokio::test]
async fn one_phone_rings_however_many_tabs_show_it() {
    scenario("tabs_one_phone", Options::default(), async |cast| {
        let url = cast.stack.url();
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        for _ in 0..2 {
            phone.browser.opens_tab(&url).await?;
            phone.sees_status("registered").await?;
        }
        let client = cast.stack.client_name(TOKYO.number).await?;
        let devices = cast.stack.emulator().registrations(&client);
        ensure!(devices == 1, "{devices} phones are registered");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_call_from_another_tab_brings_the_phone_there() {
    scenario("tabs_hand_over", Options::default(), async |cast| {
        let url = cast.stack.url();
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let first = phone.browser.tab().await?;
        let second = phone.browser.opens_tab(&url).await?;
        phone.sees_status("registered").await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        phone.browser.see_no("#call-elsewhere").await?;
        phone.hears_tone(440.0).await?;

        phone.browser.goes_to(&first).await?;
        phone.sees_call("open").await?;
        phone.sees("#call-elsewhere").await?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.browser.goes_to(&second).await?;
        phone.sees_end("completed").await.map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn another_tab_takes_over_when_the_one_with_the_phone_goes() {
    scenario("tabs_take_over", Options::default(), async |cast| {
        let url = cast.stack.url();
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let first = phone.browser.tab().await?;
        let second = phone.browser.opens_tab(&url).await?;
        phone.sees_status("registered").await?;
        phone.browser.goes_to(&first).await?;
        phone.browser.closes_tab(&second).await?;
        // The other tab has had a token of its own, and registers.
        cast.stack.sees_tokens(2).await?;
        phone.sees_status("registered").await?;

        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        phone.browser.see_no("#call-elsewhere").await?;
        hears_tone(&call, 440.0).await
    })
    .await;
}

#[tokio::test]
async fn signing_in_and_out_reaches_every_tab() {
    scenario("tabs_sign_out", Options::default(), async |cast| {
        let url = cast.stack.url();
        let phone = cast.person("Tokyo", 440).await?;
        phone.sees("#sign-in").await?;
        let first = phone.browser.tab().await?;
        let second = phone.browser.opens_tab(&url).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.browser.goes_to(&first).await?;
        phone.sees_status("registered").await?;
        phone.browser.click("#sign-out-button").await?;
        phone.sees("#sign-in").await?;
        phone.browser.goes_to(&second).await?;
        phone.sees("#sign-in").await?;
        phone.sees("#notice .notice-words").await?;
        // Signed in again, it no longer says that it is not.
        phone.browser.goes_to(&first).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.browser.goes_to(&second).await?;
        phone.sees_status("registered").await?;
        phone.browser.see_no("#notice .notice-words").await
    })
    .await;
}
