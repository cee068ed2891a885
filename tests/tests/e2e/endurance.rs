//! A tab that stays open for weeks. `make bench` makes a hundred calls in a row; these few show a leak as well.

use anyhow::{Result, ensure};
use e2e::footprint::Footprint;
use e2e::light_touch::LightTouch;
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{EXTERNAL, MENU, Options, Stack, TOKYO};

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

async fn settings(person: &LightTouch<'_>, rounds: usize) -> Result<()> {
    for _ in 0..rounds {
        person.clicks("#settings-button").await?;
        person.sees(".device").await?;
        person.clicks("#settings-close").await?;
        person.sees_no("#settings").await?;
    }
    Ok(())
}

/// To Japanese and back, where the settings are open.
async fn languages(person: &LightTouch<'_>, rounds: usize) -> Result<()> {
    for _ in 0..rounds {
        for (tag, down) in [("ja", true), ("en", false)] {
            person.presses_arrow("#language", down).await?;
            person.0.until("the language", &format!("document.documentElement.lang === {tag:?}")).await?;
            person.sees(".device").await?;
        }
    }
    Ok(())
}

/// Out of the page and back, in the middle of a call.
async fn windows(person: &LightTouch<'_>, rounds: usize) -> Result<()> {
    for _ in 0..rounds {
        person.clicks("#popout-button").await?;
        person.clicks("#popped-out button").await?;
        person.sees("#call").await?;
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

#[tokio::test]
async fn what_is_opened_and_closed_leaves_nothing_behind() {
    scenario("endurance_views", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        Footprint::watch(&phone.browser).await?;
        phone.browser.reload().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let person = &LightTouch(&phone.browser);
        leaves_nothing(person, 25, async |rounds| settings(person, rounds).await).await?;
        person.clicks("#settings-button").await?;
        leaves_nothing(person, 8, async |rounds| languages(person, rounds).await).await?;
        person.clicks("#settings-close").await?;
        person.types("#dial-input", MENU).await?;
        person.clicks("#call-button").await?;
        person.sees("#call[data-state=open]").await?;
        leaves_nothing(person, 8, async |rounds| windows(person, rounds).await).await
    })
    .await;
}

/// What comes for the first time may stay.
async fn leaves_nothing(
    person: &LightTouch<'_>,
    rounds: usize,
    what: impl AsyncFn(usize) -> Result<()>,
) -> Result<()> {
    what(2).await?;
    let early = Footprint::of(person.0).await?;
    what(rounds).await?;
    let late = early.back_to(person.0).await?;
    ensure!(late.wasm == early.wasm, "WASM memory: {early:?}, {late:?}");
    Ok(())
}
