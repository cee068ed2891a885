//! Quick hands and held keys: what comes under them meanwhile is not meant.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::PATIENCE;
use e2e::hand::Spot;
use e2e::scenario::{Cast, scenario};
use e2e::softphone::Softphone;
use e2e::stack::{BUSY, ECHO, EXTERNAL, Options, TOKYO};

pub(super) const APART_MS: [u64; 4] = [60, 150, 300, 480];
/// The page takes the second press from 600 ms on.
pub(super) const TOO_LATE: Duration = Duration::from_millis(580);

/// Presses twice what is there. False when the machine was so busy that the second press came when it may count.
pub(super) async fn twice(phone: &Softphone, css: &str, apart_ms: u64) -> Result<bool> {
    // A spot where a press counts: what is there has come to rest.
    phone.browser.spot(css).await?;
    phone.browser.until(&format!("{css} to be old"), &format!("{OLD}({css:?})")).await?;
    let spot: Spot = phone.browser.spot(css).await?;
    Ok(phone.browser.clicks_twice_at(spot, Duration::from_millis(apart_ms)).await? < TOO_LATE)
}

/// Whether a control has been there for a second, as seen from here.
pub(super) const OLD: &str = "((css) => { const seen = (window.seenControls ??= {}); const control = document.querySelector(css); \
     if (!control?.checkVisibility()) return false; const box = control.getBoundingClientRect(); \
     const sign = [box.x, box.y, control.textContent].join(); \
     if (seen[css]?.sign !== sign || seen[css]?.control !== control) seen[css] = { sign, control, since: performance.now() }; \
     return performance.now() - seen[css].since > 1000; })";

const NOBODY_RATES: &str = "!document.querySelector('#rating [aria-pressed=true]')";
const NOTHING_DIALLED: &str = "document.querySelector('#dial-input')?.value === ''";

/// A call with nothing pressed in it.
async fn is_untouched(phone: &Softphone) -> Result<()> {
    phone.sees_call("open").await?;
    phone.browser.see_no("#popped-out, #call-keypad, #mute-button[aria-pressed=true]").await?;
    // And it can be touched at once.
    phone.toggles_mute(true).await?;
    phone.toggles_mute(false).await
}

async fn a_hasty_day(cast: &mut Cast, width: u32, height: u32) -> Result<()> {
    let phone = cast.person("Tokyo", 440).await?;
    let external = cast.stack.emulator().phone(EXTERNAL);
    phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
    phone.browser.look(width, height, false).await?;
    for apart_ms in APART_MS {
        let case = format!("{width} by {height}, {apart_ms} ms apart");
        // Answer, where Hang up or the window of its own comes.
        loop {
            let call = external.call(TOKYO.number).await?;
            phone.sees_call("incoming").await?;
            let hasty = twice(&phone, "#answer-button", apart_ms).await?;
            if hasty {
                call.wait_answered(PATIENCE).await?;
                is_untouched(&phone).await?;
            }
            call.hang_up().await;
            phone.sees_end("completed").await?;
            phone.is_done().await?;
            if hasty {
                break;
            }
        }
        // Decline, where Call again comes.
        loop {
            let call = external.call(TOKYO.number).await?;
            phone.sees_call("incoming").await?;
            let hasty = twice(&phone, "#decline-button", apart_ms).await?;
            call.wait_ended(PATIENCE).await?;
            let declined = phone.sees_end("declined").await;
            ensure!(declined.is_ok() || !hasty, "{case}: declined, and called back");
            phone.sees("#done-button").await?;
            phone.is_done().await?;
            if hasty {
                break;
            }
        }
        // Call, Hang up, and Done, each where the one before was.
        loop {
            phone.browser.see("#dial-input").await?.clear().await?;
            phone.browser.see("#dial-input").await?.send_keys(ECHO).await?;
            let mut hasty = twice(&phone, "#call-button", apart_ms).await?;
            if hasty {
                is_untouched(&phone).await?;
            }
            hasty = hasty && twice(&phone, "#hangup-button", apart_ms).await?;
            if hasty {
                phone.sees_end("completed").await?;
                ensure!(phone.browser.run(&format!("return {NOBODY_RATES}")).await? == true, "{case}: rated");
            }
            hasty = hasty && twice(&phone, "#done-button", apart_ms).await?;
            if hasty {
                phone.sees_no_call().await?;
                let nothing = phone.browser.run(&format!("return {NOTHING_DIALLED}")).await?;
                ensure!(nothing == true, "{case}: Done dials");
                break;
            }
            phone.browser.reload().await?;
            phone.sees_status("registered").await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_second_click_means_the_first_control_on_a_phone() {
    scenario("hands_phone", Options::default(), async |cast| a_hasty_day(cast, 420, 860).await).await;
}

#[tokio::test]
async fn a_second_click_means_the_first_control_on_a_desk() {
    scenario("hands_desk", Options::default(), async |cast| a_hasty_day(cast, 1280, 800).await).await;
}

#[tokio::test]
async fn a_second_click_means_the_first_control_on_a_phone_on_its_side() {
    scenario("hands_side", Options::default(), async |cast| a_hasty_day(cast, 844, 390).await).await;
}

#[tokio::test]
async fn a_call_that_comes_under_the_pointer_is_not_answered_by_it() {
    scenario("hands_ring", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let external = cast.stack.emulator().phone(EXTERNAL);
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        for button in ["#answer-button", "#decline-button"] {
            // Where it will be.
            let call = external.call(TOKYO.number).await?;
            let spot = phone.browser.spot(button).await?;
            call.hang_up().await;
            phone.sees_call("ended").await?;
            phone.is_done().await?;
            // Somebody clicks there, again and again, as it begins to ring; the last press before the first that counts is refused.
            let rings = "const rings = { heard: [], since: null }; window.rings = rings; \
                 new MutationObserver(() => { if (!rings.since && document.querySelector('[data-state=incoming]')) \
                 rings.since = performance.now(); }).observe(document, { subtree: true, childList: true, attributes: true }); \
                 addEventListener('click', ({ timeStamp }) => rings.heard.push(timeStamp));";
            phone.browser.run(rings).await?;
            let call = external.call(TOKYO.number).await?;
            let over = "return !document.querySelector('[data-state=incoming]') && rings.since !== null";
            let hammering = async {
                while phone.browser.run(over).await? != true {
                    phone.browser.clicks_at(spot).await?;
                }
                anyhow::Ok(())
            };
            tokio::time::timeout(PATIENCE, hammering).await??;
            let soonest = "return rings.heard.find((at) => at > rings.since) - rings.since";
            let soonest = phone.browser.run(soonest).await?.as_f64().unwrap_or_default();
            ensure!(soonest > 500.0, "{button} acts after {soonest} ms");
            if button == "#answer-button" {
                call.wait_answered(PATIENCE).await?;
                phone.sees_call("open").await?;
            }
            call.hang_up().await;
            phone.sees_call("ended").await?;
            phone.is_done().await?;
        }
        Ok(())
    })
    .await;
}

/// Keeps a key down, first where it is, then on whatever comes; what comes is seen.
async fn holds_key(phone: &Softphone, key: &str, comes: &str) -> Result<()> {
    phone.browser.key_goes_down(key).await?;
    phone.browser.key_repeats(key, 5).await?;
    phone.sees(comes).await?;
    phone.browser.key_repeats(key, 25).await?;
    phone.browser.key_comes_up(key).await
}

/// How often this line has called somebody.
fn calls(cast: &Cast) -> usize {
    cast.stack.timeline().matches("/call_outgoing").count()
}

#[tokio::test]
async fn a_held_key_acts_once_and_on_one_screen() {
    scenario("held_keys", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let until_old = async |css: &str| {
            let focused =
                format!("document.querySelector({css:?}) === document.activeElement && {OLD}({css:?})");
            phone.browser.until(&format!("the focus on {css}"), &focused).await.map(drop)
        };
        // A number that is busy: held Enter called it again and again.
        phone.browser.see("#dial-input").await?.send_keys(BUSY).await?;
        holds_key(&phone, "Enter", "#call[data-state=ended]").await?;
        phone.sees_end("busy").await?;
        until_old("#done-button").await?;
        let before = calls(cast);
        holds_key(&phone, "Enter", "#dial-input").await?;
        phone.sees_no_call().await?;
        ensure!(calls(cast) == before, "Enter held on Done calls");
        // The last number comes back by a press of its own, and is called by another one.
        until_old("#dial-input").await?;
        phone.browser.key_repeats("Enter", 25).await?;
        phone.browser.key_comes_up("Enter").await?;
        phone.sees_no_call().await?;
        ensure!(calls(cast) == before, "Enter that was held before calls");

        // Escape hangs up, and its repetition does not put the end away.
        phone.browser.see("#dial-input").await?.send_keys(ECHO).await?;
        phone.browser.keys("\u{e007}").await?;
        phone.sees_call("open").await?;
        holds_key(&phone, "Escape", "#call[data-state=ended]").await?;
        phone.sees_end("completed").await?;
        phone.browser.keys("\u{e00c}").await?;
        phone.sees_no_call().await?;

        // On Hang up: one call ends, and its end stays.
        for key in ["Enter", " "] {
            phone.browser.see("#dial-input").await?.send_keys(ECHO).await?;
            phone.browser.keys("\u{e007}").await?;
            phone.sees_call("open").await?;
            phone.tabs_to("hangup-button").await?;
            until_old("#hangup-button").await?;
            phone.browser.key_goes_down(key).await?;
            phone.browser.key_repeats(key, 5).await?;
            if key == " " {
                // A button is clicked by Space when it comes up.
                phone.sees_call("open").await?;
                phone.browser.key_comes_up(key).await?;
            }
            phone.sees_call("ended").await?;
            phone.browser.key_repeats(key, 25).await?;
            phone.browser.key_comes_up(key).await?;
            phone.sees_end("completed").await?;
            phone.is_done().await?;
        }

        // One key is one tone, however long it is held; in the field it is text.
        phone.browser.see("#dial-input").await?.send_keys(e2e::stack::MENU).await?;
        phone.browser.keys("\u{e007}").await?;
        phone.sees_call("open").await?;
        phone.browser.key_goes_down("5").await?;
        phone.browser.key_repeats("5", 10).await?;
        phone.browser.key_comes_up("5").await?;
        phone.browser.keys("6").await?;
        cast.stack.sees_keys("56").await?;
        phone.hangs_up().await?;
        phone.is_done().await?;
        until_old("#dial-input").await?;
        phone.browser.key_goes_down("5").await?;
        phone.browser.key_repeats("5", 6).await?;
        phone.browser.key_comes_up("5").await?;
        let digits = "document.querySelector('#dial-input').value.replace(/\\D/g, '')";
        phone.browser.until("seven digits", &format!("{digits} === '5555555'")).await?;
        phone.browser.key_goes_down("Backspace").await?;
        phone.browser.key_repeats("Backspace", 3).await?;
        phone.browser.key_comes_up("Backspace").await?;
        phone.browser.until("three digits", &format!("{digits} === '555'")).await.map(drop)
    })
    .await;
}

/// Presses a key, waits until what it does or has done is there, and presses it again. False when the second one came so late
/// that it may count.
async fn key_twice(phone: &Softphone, key: &str, between: &str) -> Result<bool> {
    phone.browser.watches_anew().await;
    phone.browser.key_goes_down(key).await?;
    phone.browser.key_comes_up(key).await?;
    phone.browser.until(between, between).await?;
    phone.browser.key_goes_down(key).await?;
    phone.browser.key_comes_up(key).await?;
    Ok(phone.browser.apart().await? < TOO_LATE)
}

const ENDED: &str = "document.querySelector('#call')?.dataset.state === 'ended'";
const FOCUS_ON_DONE: &str = "document.activeElement.id === 'done-button'";
const SETTINGS_CLOSED: &str = "document.activeElement.id === 'settings-button'";

#[tokio::test]
async fn a_second_key_means_the_first_screen() {
    scenario("second_key", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let external = cast.stack.emulator().phone(EXTERNAL);
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        loop {
            let call = external.call(TOKYO.number).await?;
            phone.answers().await?;
            call.wait_answered(PATIENCE).await?;
            phone.opens_settings().await?;
            is_untouched(&phone).await?;
            phone.browser.until("the settings to be old", &format!("{OLD}('#settings')")).await?;
            // Escape closes the settings; the second one does not hang up the call beside them.
            let mut hasty = key_twice(&phone, "Escape", SETTINGS_CLOSED).await?;
            if hasty {
                is_untouched(&phone).await?;
                phone.browser.until("the call to be old", &format!("{OLD}('#hangup-button')")).await?;
                // Escape hangs up; the second one leaves the end where it is.
                hasty = key_twice(&phone, "Escape", ENDED).await?;
                call.wait_ended(PATIENCE).await?;
            }
            if hasty {
                phone.sees_end("completed").await?;
                phone.is_done().await?;
                break;
            }
            phone.browser.reload().await?;
            phone.sees_status("registered").await?;
        }
        // The other side hangs up just as somebody presses a key: the end stays to be read.
        let watch = "addEventListener('focusin', ({ target, timeStamp }) => { \
             if (target.id === 'done-button') window.doneSince = timeStamp; }, true)";
        phone.browser.run(watch).await?;
        for key in ["Escape", "Enter", " "] {
            loop {
                let call = external.call(TOKYO.number).await?;
                phone.answers().await?;
                call.wait_answered(PATIENCE).await?;
                phone.sees_call("open").await?;
                call.hang_up().await;
                phone.browser.until("the focus on Done", FOCUS_ON_DONE).await?;
                phone.browser.key_goes_down(key).await?;
                let since_ms = phone.browser.run("return performance.now() - window.doneSince").await?;
                phone.browser.key_comes_up(key).await?;
                if since_ms.as_f64().is_some_and(|since_ms| since_ms < TOO_LATE.as_secs_f64() * 1_000.0) {
                    phone.sees_end("completed").await?;
                    phone.is_done().await?;
                    break;
                }
                phone.browser.reload().await?;
                phone.sees_status("registered").await?;
                phone.browser.run(watch).await?;
            }
        }
        Ok(())
    })
    .await;
}
