use anyhow::{Result, ensure};
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{EXTERNAL, Options, TOKYO};

use crate::hands::{APART_MS, OLD, twice};

#[tokio::test]
async fn a_person_plays_the_outside_world() {
    scenario("handset", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let handset = cast.person("outside", 660).await?;
        let page = format!("{}/handset?number={}", cast.stack.emulator().url(), EXTERNAL.replace('+', "%2B"));
        handset.browser.goto(&page).await?;

        // calls the line, and both hear
        handset.sees("#phone[data-state=idle]").await?;
        handset.browser.see("#number").await?.send_keys(TOKYO.number).await?;
        handset.browser.click("#dial button[type=submit]").await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        handset.sees("#phone[data-state=talking]").await?;
        phone.hears_tone(660.0).await?;
        handset.hears_tone(440.0).await?;
        handset.browser.click("#hang-up").await?;
        phone.sees_end("completed").await?;
        phone.is_done().await?;

        // is called, sees who, answers, and learns which keys the other end presses
        phone.dials(EXTERNAL).await?;
        handset.sees("#phone[data-state=ringing]").await?;
        let who = handset.browser.text("#party").await?;
        let digits: String = who.chars().filter(char::is_ascii_digit).collect();
        ensure!(digits.ends_with("5031234567"), "{who:?} is not who calls");
        handset.browser.click("#answer").await?;
        phone.sees_call("open").await?;
        phone.browser.keys("42").await?;
        handset
            .browser
            .until("the keys", "document.querySelector('#keys-heard').textContent === '4 2'")
            .await?;
        phone.hears_tone(660.0).await?;
        phone.hangs_up().await?;
        handset.sees("#phone[data-state=idle]").await
    })
    .await;
}

#[tokio::test]
async fn a_quick_hand_at_the_handset_calls_once_and_hangs_up_nothing_else() {
    scenario("handset_hands", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let handset = cast.person("outside", 660).await?;
        let page = format!("{}/handset?number={}", cast.stack.emulator().url(), EXTERNAL.replace('+', "%2B"));
        handset.browser.goto(&page).await?;
        for apart_ms in APART_MS {
            // Call, where Hang up comes.
            loop {
                handset.sees("#phone[data-state=idle]").await?;
                let row = format!("#lines button[data-number='{}']", TOKYO.number);
                let hasty = presses_twice(&handset, &row, apart_ms).await?;
                if hasty {
                    phone.answers().await?;
                    phone.sees_call("open").await?;
                    handset.sees("#phone[data-state=talking]").await?;
                    ensure!(is_untroubled(&handset).await?, "{apart_ms} ms apart: called twice");
                }
                // Hang up, where Call comes.
                let hasty_end = presses_twice(&handset, "#hang-up", apart_ms).await?;
                phone.sees_call("ended").await?;
                handset.sees("#phone[data-state=idle]").await?;
                phone.is_done().await?;
                phone.browser.rests().await?;
                ensure!(
                    !hasty_end || phone.sees_no_call().await.is_ok(),
                    "{apart_ms} ms apart: called again"
                );
                if hasty && hasty_end {
                    break;
                }
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_held_at_the_handset_acts_once() {
    scenario("handset_held", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let handset = cast.person("outside", 660).await?;
        let page = format!("{}/handset?number={}", cast.stack.emulator().url(), EXTERNAL.replace('+', "%2B"));
        handset.browser.goto(&page).await?;
        for key in ["Enter", " "] {
            handset.sees("#phone[data-state=idle]").await?;
            let row = format!("#lines button[data-number='{}']", TOKYO.number);
            handset.browser.run("window.seenControls = {}").await?;
            handset.browser.until("the row to be old", &format!("{OLD}({row:?})")).await?;
            handset.browser.run(&format!("document.querySelector({row:?}).focus()")).await?;
            handset.browser.key_goes_down(key).await?;
            handset.browser.key_repeats(key, 9).await?;
            if key == " " {
                // Space acts as it comes up.
                handset.browser.key_comes_up(key).await?;
            }
            // The focus is on Hang up now.
            handset.sees("#phone[data-state=calling]").await?;
            handset.browser.key_repeats(key, 9).await?;
            phone.sees_call("incoming").await?;
            handset.browser.until("Hang up to be old", &format!("{OLD}('#hang-up')")).await?;
            handset.browser.key_repeats(key, 9).await?;
            ensure!(is_untroubled(&handset).await?, "called twice");
            // And on the first of the lines when the other end declines.
            phone.declines().await?;
            handset.sees("#phone[data-state=idle]").await?;
            handset.browser.key_repeats(key, 9).await?;
            handset.browser.key_comes_up(key).await?;
            phone.is_done().await?;
            handset.browser.rests().await?;
            handset.sees("#phone[data-state=idle]").await?;
        }
        Ok(())
    })
    .await;
}

/// Controls of the handset are hidden and shown again, and are not old because they were so before.
async fn presses_twice(handset: &Softphone, css: &str, apart_ms: u64) -> Result<bool> {
    handset.browser.run("window.seenControls = {}").await?;
    twice(handset, css, apart_ms).await
}

/// The emulator had nothing to complain of.
async fn is_untroubled(handset: &Softphone) -> Result<bool> {
    Ok(handset.browser.run("return document.querySelector('#problem').hidden").await? == true)
}

#[tokio::test]
async fn the_timeline_page_shows_a_call() {
    scenario("timeline", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(e2e::stack::BUSY).await?;
        phone.sees_end("busy").await?;
        phone.browser.goto(&format!("{}/timeline", cast.stack.emulator().url())).await?;
        for what in ["invite", "call_outgoing", "Dial", "DialCallStatus", "busy"] {
            phone.browser.until(what, &format!("document.body.textContent.includes({what:?})")).await?;
        }
        Ok(())
    })
    .await;
}
