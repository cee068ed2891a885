use std::sync::Arc;

use anyhow::{Result, ensure};
use e2e::PATIENCE;
use e2e::hearing::hears_tone;
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{EXTERNAL, Options, TOKYO};

/// From now on the page remembers every state that the line's status lamp shows.
async fn remember_states(phone: &Softphone) -> Result<()> {
    let script = "const lamp = document.querySelector('#line-status'); window.states = [lamp.dataset.state]; \
        new MutationObserver(() => window.states.push(lamp.dataset.state)) \
        .observe(lamp, { attributes: true, attributeFilter: ['data-state'] });";
    phone.browser.run(script).await.map(|_| ())
}

async fn can_be_called(phone: &Arc<Softphone>, emulator: &emulator::Emulator) -> Result<()> {
    let call = emulator.phone(EXTERNAL).call(TOKYO.number).await?;
    phone.answers().await?;
    call.wait_answered(PATIENCE).await?;
    call.plays_tone(660.0).await;
    phone.hears_tone(660.0).await?;
    hears_tone(&call, 440.0).await?;
    call.hang_up().await;
    phone.sees_call("ended").await?;
    phone.is_done().await
}

#[tokio::test]
async fn a_token_is_refreshed_without_the_user_noticing() {
    let options = Options { token_lifetime_s: 8, ..Options::default() };
    scenario("token_refresh", options, async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        remember_states(&phone).await?;
        // four tokens: the first two have expired by then
        cast.stack.sees_tokens(4).await?;
        let states = phone.browser.run("return [...new Set(window.states)]").await?;
        ensure!(states == serde_json::json!(["registered"]), "the lamp showed {states}");
        can_be_called(&phone, cast.stack.emulator()).await
    })
    .await;
}

#[tokio::test]
async fn the_phone_outlives_a_restart_of_the_server() {
    let options = Options { token_lifetime_s: 6, ..Options::default() };
    scenario("server_restart", options, async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        cast.stack.stop_server().await;
        // the token runs out, and the phone says that it cannot be reached
        phone.sees_status("offline").await?;
        cast.stack.start_server().await?;
        phone.sees_status("registered").await?;
        can_be_called(&phone, cast.stack.emulator()).await
    })
    .await;
}

#[tokio::test]
async fn the_phone_outlives_the_loss_of_the_service_in_a_call() {
    scenario("service_lost", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        hears_tone(&call, 440.0).await?;
        drop(call);
        cast.stack.stop_emulator().await;
        phone.sees("#call[data-state=reconnecting], #call[data-state=ended]").await?;
        phone.sees("#line-status:not([data-state=registered])").await?;
        cast.stack.start_emulator().await?;
        phone.sees_status("registered").await?;
        phone.sees_end("connection_lost").await?;
        phone.is_done().await?;
        can_be_called(&phone, cast.stack.emulator()).await
    })
    .await;
}

#[tokio::test]
async fn a_call_outlives_the_loss_of_its_signaling() {
    scenario("signaling_lost", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        call.plays_tone(660.0).await;
        phone.hears_tone(660.0).await?;
        remember_states(&phone).await?;
        cast.stack.emulator().drop_sockets();
        phone
            .browser
            .until("the lamp to go out", "window.states.some((state) => state !== 'registered')")
            .await?;
        phone.sees_status("registered").await?;
        phone.sees_call("open").await?;
        phone.hears_tone(660.0).await?;
        hears_tone(&call, 440.0).await?;
        phone.hangs_up().await?;
        call.wait_ended(PATIENCE).await?;
        Ok(())
    })
    .await;
}
