use e2e::PATIENCE;
use e2e::hearing::hears_tone;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};

#[tokio::test]
async fn all_devices_of_a_line_ring_and_one_takes_the_call() {
    scenario("devices_ring", Options::default(), async |cast| {
        let desk = cast.person("desk", 440).await?;
        desk.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let pocket = cast.person("pocket", 550).await?;
        pocket.signs_in(TOKYO.number, TOKYO.passcode).await?;

        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        desk.sees_call("incoming").await?;
        pocket.sees_call("incoming").await?;
        pocket.answers().await?;
        call.wait_answered(PATIENCE).await?;
        desk.sees_end("answered_elsewhere").await?;
        desk.is_done().await?;
        hears_tone(&call, 550.0).await?;
        pocket.sees_call("open").await?;
        pocket.hangs_up().await?;
        call.wait_ended(PATIENCE).await?;
        pocket.is_done().await?;

        // A caller who gives up silences all.
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        desk.sees_call("incoming").await?;
        pocket.sees_call("incoming").await?;
        call.hang_up().await;
        desk.sees_end("canceled").await?;
        pocket.sees_end("canceled").await.map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn a_quiet_device_leaves_the_ringing_to_the_others() {
    scenario("devices_quiet", Options::default(), async |cast| {
        let desk = cast.person("desk", 440).await?;
        desk.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let pocket = cast.person("pocket", 550).await?;
        pocket.signs_in(TOKYO.number, TOKYO.passcode).await?;
        pocket.wants_quiet().await?;
        pocket.sees_status("quiet").await?;
        let client = cast.stack.client_name(TOKYO.number).await?;
        cast.stack.sees_registrations(&client, 1).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        desk.answers().await?;
        call.wait_answered(PATIENCE).await?;
        pocket.sees_no_call().await
    })
    .await;
}

#[tokio::test]
async fn a_device_whose_page_goes_while_it_rings_declines_nothing() {
    scenario("devices_reload", Options::default(), async |cast| {
        let desk = cast.person("desk", 440).await?;
        desk.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let pocket = cast.person("pocket", 550).await?;
        pocket.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        desk.sees_call("incoming").await?;
        pocket.sees_call("incoming").await?;
        desk.browser.reload().await?;
        desk.sees_status("registered").await?;
        pocket.answers().await?;
        call.wait_answered(PATIENCE).await?;
        hears_tone(&call, 550.0).await
    })
    .await;
}
