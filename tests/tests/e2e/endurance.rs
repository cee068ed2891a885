//! A tab that stays open for weeks. `make bench` makes a hundred calls in a row; these few show a leak as well.

use anyhow::{Result, bail, ensure};
use e2e::footprint::Footprint;
use e2e::light_touch::LightTouch;
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{EXTERNAL, MENU, Options, Stack, TOKYO};

/// Of two calls each: 3 KiB that stay of a call are more than a page.
const CALL_ROUNDS: usize = 12;
/// How often the memory may grow by a page before that is a leak.
const TIMES: usize = 4;

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
        let person = &LightTouch(&phone.browser);
        let rounds = async |rounds| calls(&phone, &cast.stack, rounds).await;
        let (early, late) = leaves_nothing(person, CALL_ROUNDS, rounds).await?;
        ensure!(late.heap < early.heap + 2 * CALL_ROUNDS as u64 * HEAP_A_CALL, "heap: {early:?}, {late:?}");
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
        leaves_nothing(person, 8, async |rounds| windows(person, rounds).await).await.map(drop)
    })
    .await;
}

/// What comes for the first time may stay. The WASM memory grows by pages of 64 KiB and never shrinks; how much is in use at the
/// same time differs a little from run to run, so that a page more once is no leak. What keeps as much as a page in so many
/// rounds takes another one every time.
async fn leaves_nothing(
    person: &LightTouch<'_>,
    rounds: usize,
    what: impl AsyncFn(usize) -> Result<()>,
) -> Result<(Footprint, Footprint)> {
    what(2).await?;
    let mut taken = vec![Footprint::of(person.0).await?];
    for _ in 0..TIMES {
        what(rounds).await?;
        let early = taken[taken.len() - 1];
        let late = early.back_to(person.0).await?;
        if late.wasm == early.wasm {
            return Ok((early, late));
        }
        taken.push(late);
    }
    bail!("the WASM memory grows and grows: {taken:?}")
}
