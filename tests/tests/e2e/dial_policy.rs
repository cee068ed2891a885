//! What the server does not dial: the user reads why, and the telephone network hears nothing of it.

use anyhow::{Result, ensure};
use backend::config::Dial;
use e2e::PATIENCE;
use e2e::scenario::{Cast, scenario};
use e2e::softphone::Softphone;
use e2e::stack::{BUSY, ECHO, EXTERNAL, NO_ANSWER, Options, TOKYO, WASHINGTON};

/// Only calls of softphones, no call that they have dialled on.
fn ensure_nothing_is_dialled(cast: &Cast) -> Result<()> {
    let calls = cast.stack.emulator().calls();
    let dialled: Vec<_> = calls.iter().filter(|call| call.parent.is_some()).collect();
    ensure!(dialled.is_empty(), "the network was asked to dial: {dialled:?}");
    Ok(())
}

/// Dials, and reads why it was not dialled.
async fn is_refused(phone: &Softphone, number: &str, reason: &str) -> Result<String> {
    phone.dials(number).await?;
    let words = phone.sees_refusal(reason).await?;
    ensure!(!words.trim().is_empty() && !words.contains('_'), "{reason} is said in words: {words:?}");
    Ok(words)
}

#[tokio::test]
async fn forbidden_countries_and_dear_numbers_are_not_dialled() {
    scenario("dial_policy", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        for (number, reason, word) in [
            // France, and Jamaica behind the country code of the United States
            ("+33142685300", "country_not_allowed", "Calls to France are"),
            ("+18765551234", "country_not_allowed", "Calls to Jamaica are"),
            ("0990-123-456", "premium_number", "Premium"),
            ("+19005551234", "premium_number", "Premium"),
            ("+870773123456", "satellite_number", "Satellite"),
        ] {
            let words = is_refused(&phone, number, reason).await?;
            ensure!(words.contains(word), "{number}: {words:?}");
        }
        ensure_nothing_is_dialled(cast)?;
        // and what is allowed still works
        phone.hears_itself(440.0).await?;
        phone.is_done().await
    })
    .await;
}

#[tokio::test]
async fn a_line_dials_no_more_calls_at_once_than_it_may() {
    let options =
        Options { dial: Dial { calls_at_once: 1, ..Options::default().dial }, ..Options::default() };
    scenario("calls_at_once", options, async |cast| {
        let desk = cast.person("Desk", 440).await?;
        let sofa = cast.person("Sofa", 660).await?;
        for phone in [&desk, &sofa] {
            phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        }
        let far = cast.stack.emulator().phone(EXTERNAL);
        desk.dials(EXTERNAL).await?;
        let call = far.next_call(PATIENCE).await?;
        call.answer().await;
        desk.sees_call("open").await?;
        is_refused(&sofa, ECHO, "too_many_calls").await?;

        // Its end makes room for another.
        desk.hangs_up().await?;
        desk.sees_end("completed").await?;
        call.wait_ended(PATIENCE).await?;
        sofa.hears_itself(660.0).await
    })
    .await;
}

#[tokio::test]
async fn spent_minutes_end_a_lines_calls_through_the_network_only() {
    let dial = Dial { minutes_per_day: 1, ..Options::default().dial };
    scenario("minutes", Options { dial, ..Options::default() }, async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        // Nobody answers, so no minute is used.
        phone.dials(BUSY).await?;
        phone.sees_end("busy").await?;
        phone.is_done().await?;
        // A minute begun is a minute.
        phone.hears_itself(440.0).await?;
        phone.is_done().await?;
        let words = is_refused(&phone, NO_ANSWER, "line_minutes_spent").await?;
        ensure!(words.contains("minutes"), "{words:?}");
        let to_network = cast.stack.emulator().calls();
        ensure!(!to_network.iter().any(|call| call.to == NO_ANSWER && call.parent.is_some()));

        // Another line is reached without the network.
        phone.dials(WASHINGTON.number).await?;
        phone.sees_end("no_answer").await.map(|_| ())
    })
    .await;
}
