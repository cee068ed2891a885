use anyhow::ensure;
use e2e::PATIENCE;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};
use emulator::CallStatus;

#[tokio::test]
async fn a_declined_caller_may_go_on_hearing_it_ring() {
    let options = Options { ring_timeout_s: 5, ..Options::default() };
    scenario("decline_silently", options, async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.opens_settings().await?;
        phone.browser.click("#decline-silent").await?;
        phone.browser.click("#settings-close").await?;

        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.declines().await?;
        phone.sees_end("declined").await?;
        phone.is_done().await?;
        call.wait_ended(PATIENCE).await?;
        let client = cast.stack.client_name(TOKYO.number).await?;
        let legs = cast.stack.emulator().calls();
        let leg = legs.iter().find(|leg| leg.to.ends_with(&client)).expect("the softphone's leg");
        ensure!(leg.status == CallStatus::NoAnswer, "{leg:?}");
        phone.sees_status("registered").await
    })
    .await;
}

#[tokio::test]
async fn otherwise_the_line_is_busy() {
    scenario("decline_busy", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.declines().await?;
        phone.sees_end("declined").await?;
        call.wait_ended(PATIENCE).await?;
        let client = cast.stack.client_name(TOKYO.number).await?;
        let legs = cast.stack.emulator().calls();
        let leg = legs.iter().find(|leg| leg.to.ends_with(&client)).expect("the softphone's leg");
        ensure!(leg.status == CallStatus::Busy, "{leg:?}");
        Ok(())
    })
    .await;
}
