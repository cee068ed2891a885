use anyhow::ensure;
use e2e::PATIENCE;
use e2e::hearing::{hears_silence, hears_tone};
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};
use emulator::PhoneCallStatus;

#[tokio::test]
async fn the_echo_number_sends_ones_own_tone_back() {
    scenario("echo", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.hears_itself(440.0).await?;
        phone.is_done().await
    })
    .await;
}

#[tokio::test]
async fn a_call_to_an_external_phone_is_heard_both_ways_and_muted() {
    scenario("outgoing", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let far = cast.stack.emulator().phone(EXTERNAL);
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        // as the original article writes it
        phone.dials("090-5987-6543").await?;
        phone.sees_call("ringing").await?;

        let call = far.next_call(PATIENCE).await?;
        ensure!(call.from() == TOKYO.number, "the caller id is {}", call.from());
        call.answer().await;
        phone.sees_call("open").await?;
        call.plays_tone(660.0).await;
        hears_tone(&call, 440.0).await?;
        phone.hears_tone(660.0).await?;
        phone.sees_timer_reach(2).await?;

        phone.toggles_mute(true).await?;
        hears_silence(&call).await?;
        phone.hears_tone(660.0).await?;
        phone.toggles_mute(false).await?;
        hears_tone(&call, 440.0).await?;

        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        call.wait_ended(PATIENCE).await?;
        ensure!(matches!(call.status(), PhoneCallStatus::Ended(_)), "{:?}", call.status());
        phone.is_done().await
    })
    .await;
}

#[tokio::test]
async fn the_far_end_hangs_up() {
    scenario("far_end_hangs_up", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let far = cast.stack.emulator().phone(EXTERNAL);
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(EXTERNAL).await?;
        let call = far.next_call(PATIENCE).await?;
        call.answer().await;
        phone.sees_call("open").await?;
        hears_tone(&call, 440.0).await?;
        call.hang_up().await;
        phone.sees_end("completed").await?;

        // and the phone is ready for the next one
        phone.is_done().await?;
        phone.dials(EXTERNAL).await?;
        let call = far.next_call(PATIENCE).await?;
        phone.sees_call("ringing").await?;
        phone.hangs_up().await?;
        call.wait_ended(PATIENCE).await?;
        phone.sees_end("canceled").await?;
        Ok(())
    })
    .await;
}
