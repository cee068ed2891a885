use e2e::PATIENCE;
use e2e::scenario::scenario;
use e2e::stack::{ECHO, EXTERNAL, Options, TOKYO};

#[tokio::test]
async fn do_not_disturb_keeps_calls_away_and_lets_calls_out() {
    scenario("do_not_disturb", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.wants_quiet().await?;
        phone.sees_status("quiet").await?;
        let client = cast.stack.client_name(TOKYO.number).await?;
        cast.stack.sees_registrations(&client, 0).await?;
        // The caller is told at once, and does not wait for somebody who is not there.
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        call.wait_ended(PATIENCE).await?;
        phone.sees_no_call().await?;

        // It is remembered, and calls go out all the same.
        phone.browser.reload().await?;
        phone.sees_status("quiet").await?;
        phone.hears_itself(440.0).await?;
        phone.is_done().await?;

        phone.browser.click("#line-cure").await?;
        phone.sees_status("registered").await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        call.hang_up().await;
        phone.sees_end("canceled").await.map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn another_tab_can_ask_for_quiet() {
    scenario("do_not_disturb_tabs", Options::default(), async |cast| {
        let url = cast.stack.url();
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let first = phone.browser.tab().await?;
        phone.browser.opens_tab(&url).await?;
        phone.sees_status("registered").await?;
        phone.wants_quiet().await?;
        phone.sees_status("quiet").await?;
        phone.browser.goes_to(&first).await?;
        phone.sees_status("quiet").await?;
        let client = cast.stack.client_name(TOKYO.number).await?;
        cast.stack.sees_registrations(&client, 0).await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await
    })
    .await;
}
