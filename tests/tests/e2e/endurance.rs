//! A tab that stays open for weeks. `make bench` makes a hundred calls in a row; these few show a leak as well.

use anyhow::{Result, ensure};
use e2e::footprint::Footprint;
use e2e::light_touch::LightTouch;
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{EXTERNAL, Options, Stack, TOKYO};

/// What a call may leave of the heap, in bytes: less than what one that is not let go of keeps.
const HEAP_A_CALL: u64 = 30_000;

async fn calls(phone: &Softphone, stack: &Stack, rounds: usize) -> Result<()> {
    let person = LightTouch(&phone.browser);
    for _ in 0..rounds {
        person.calls_once().await?;
        let call = stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        person.clicks("#answer-button").await?;
        person.sees("#call[data-state=open]").await?;
        person.clicks("#mute-button").await?;
        person.sees("#mute-button[aria-pressed=true]").await?;
        call.hang_up().await;
        person.is_done().await?;
    }
    Ok(())
}

#[tokio::test]
async fn calls_leave_nothing_behind() {
    scenario("endurance", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        Footprint::watch(&phone.browser).await?;
        phone.browser.reload().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        calls(&phone, &cast.stack, 3).await?;
        let early = Footprint::of(&phone.browser).await?;
        calls(&phone, &cast.stack, 6).await?;
        let late = early.back_to(&phone.browser).await?;
        ensure!(late.wasm == early.wasm, "WASM memory: {early:?}, {late:?}");
        ensure!(late.heap < early.heap + 12 * HEAP_A_CALL, "heap: {early:?}, {late:?}");
        Ok(())
    })
    .await;
}
