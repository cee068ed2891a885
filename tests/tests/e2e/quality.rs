//! How well both ends hear each other: the lamp, its words, the figures.

use anyhow::ensure;
use e2e::PATIENCE;
use e2e::scenario::scenario;
use e2e::stack::{ECHO, EXTERNAL, Options, TOKYO};

#[tokio::test]
async fn a_bad_network_turns_the_lamp_and_a_good_one_turns_it_back() {
    scenario("quality", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        phone.sees_quality("good").await?;
        ensure!(
            phone.browser.text("#call").await?.lines().all(|line| !line.contains("lost")),
            "words without need"
        );

        cast.stack.emulator().set_packet_loss(25);
        phone.sees_quality("poor").await?;
        let advice = phone.browser.text("#quality-advice").await?;
        ensure!(advice.contains("closer to the Wi-Fi"), "{advice:?} says not what to do");

        cast.stack.emulator().set_packet_loss(0);
        phone.sees_quality("good").await?;
        let empty = "document.querySelector('#quality-advice').textContent === ''";
        phone.browser.until("the advice to go", empty).await?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.is_done().await
    })
    .await;
}

/// Every grade that the lamp shows from now on.
const REMEMBER_GRADES: &str = "window.grades = []; new MutationObserver(() => { \
    const grade = document.querySelector('#quality-lamp')?.dataset.grade; \
    if (grade && window.grades.at(-1) !== grade) window.grades.push(grade); }) \
    .observe(document.body, { subtree: true, childList: true, attributes: true });";

#[tokio::test]
async fn who_has_no_way_for_the_sound_is_told_and_never_that_the_connection_is_good() {
    scenario("no_path", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let told = "document.querySelector('#quality-advice').textContent.includes('firewall')";
        // No way at all; and one that connects, but lets no sound through.
        for (deaf, lost) in [(true, 0), (false, 100)] {
            cast.stack.emulator().set_packet_drop(deaf);
            cast.stack.emulator().set_packet_loss(lost);
            phone.browser.run(REMEMBER_GRADES).await?;
            phone.dials(ECHO).await?;
            phone.sees_call("open").await?;
            phone.browser.until("the words", told).await?;
            phone.sees_quality("poor").await?;
            let grades = phone.browser.run("return window.grades").await?;
            ensure!(grades == serde_json::json!(["unknown", "poor"]), "the lamp showed {grades}");
            phone.hangs_up().await?;
            let words = phone.sees_end("no_audio").await?;
            ensure!(words.contains("No sound") && words.contains("firewall"), "{words}");
            phone.browser.see_no("#rate-good").await?;
            phone.is_done().await?;
        }
        // It may come later.
        phone.dials(ECHO).await?;
        phone.browser.until("the words", told).await?;
        cast.stack.emulator().set_packet_loss(0);
        phone.sees_quality("good").await?;
        phone.hears_tone(440.0).await?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.is_done().await?;

        // Nobody speaks, but that arrives.
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.answers().await?;
        call.wait_answered(PATIENCE).await?;
        call.silence().await;
        phone.sees_quality("good").await?;
        call.hang_up().await;
        phone.sees_end("completed").await.map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn the_figures_of_the_call_are_drawn_while_it_lasts_and_after_it() {
    scenario("quality_figures", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(ECHO).await?;
        phone.sees_quality("good").await?;
        phone.presses_lamp().await?;
        // As many points as seconds; each but the first begins with L.
        let points = |least: u32| {
            format!(
                "(document.querySelector('[data-measure=RoundTrip] .figure-line')?.getAttribute('d') ?? '') \
                 .split('L').length >= {least}"
            )
        };
        phone.browser.until("four points", &points(4)).await?;
        for measure in ["Voice", "RoundTrip", "Jitter", "Loss"] {
            phone.sees(&format!("[data-measure={measure}] .figure-line")).await?;
            let said =
                phone.browser.attribute(&format!("[data-measure={measure}] svg"), "aria-label").await?;
            ensure!(said.is_some_and(|said| said.contains(" now, ")), "{measure} is for eyes only");
        }
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.browser.until("the points to stay", &points(4)).await?;
        phone.presses_lamp().await?;
        phone.browser.see_no("#quality-figures").await?;
        phone.is_done().await
    })
    .await;
}

#[tokio::test]
async fn who_speaks_while_muted_is_told_so() {
    scenario("speaks_muted", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        phone.hears_tone(440.0).await?;
        phone.toggles_mute(true).await?;
        phone.hears_silence().await?;
        let said =
            |what: &str| format!("document.querySelector('#quality-advice').textContent.includes({what:?})");
        phone.browser.until("the hint", &said("You are muted")).await?;
        phone.toggles_mute(false).await?;
        phone.browser.until("the hint to go", &format!("!{}", said("You are muted"))).await?;
        phone.hears_tone(440.0).await?;
        phone.hangs_up().await?;
        phone.is_done().await
    })
    .await;
}
