//! The same of screens that are no call: signing in, settings, the demo's people, a window of its own.

use anyhow::{Result, ensure};
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, Options, TOKYO};
use serde_json::json;

use crate::hands::{APART_MS, OLD, twice};

/// What the hand was too late for on a busy machine is done again; `act` says whether it was in time.
async fn in_time(mut act: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    while !act().await? {}
    Ok(())
}

const NOTHING_TOUCHED: &str = "document.querySelector('#dial-input')?.value === '' \
     && !document.querySelector('#call, #settings, #sign-in')";

#[tokio::test]
async fn a_second_click_on_sign_in_touches_nothing_on_the_phone() {
    scenario("hands_sign_in", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        for (width, height) in [(420, 860), (1280, 800)] {
            phone.browser.look(width, height, false).await?;
            for apart_ms in APART_MS {
                in_time(async || {
                    for (field, text) in [("#phone-number", TOKYO.number), ("#passcode", TOKYO.passcode)] {
                        let field = phone.browser.see(field).await?;
                        field.clear().await?;
                        field.send_keys(text).await?;
                    }
                    let hasty = twice(&phone, "#sign-in-button", apart_ms).await?;
                    phone.sees_status("registered").await?;
                    let nothing = phone.browser.run(&format!("return {NOTHING_TOUCHED}")).await?;
                    ensure!(nothing == true || !hasty, "{width} px, {apart_ms} ms apart");
                    phone.browser.devtools("Network.clearBrowserCookies", json!({})).await?;
                    phone.browser.reload().await?;
                    Ok(hasty)
                })
                .await?;
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_second_click_answers_no_question_and_signs_nobody_else_out() {
    scenario("hands_settings", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        // Several browsers of one name.
        for _ in 0..6 {
            phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
            phone.browser.devtools("Network.clearBrowserCookies", json!({})).await?;
            phone.browser.reload().await?;
        }
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.opens_settings().await?;
        let rows = "document.querySelectorAll('.device[data-current=false]').length";
        phone.browser.until("all of them", &format!("{rows} === 6")).await?;
        let mut left = 6;
        for apart_ms in APART_MS {
            in_time(async || {
                let hasty = twice(&phone, ".device[data-current=false] button", apart_ms).await?;
                left -= 1;
                phone.browser.until("one less", &format!("{rows} <= {left}")).await?;
                // What a second one would have signed out is told by the server with the next list.
                phone.browser.click("#settings-close").await?;
                phone.opens_settings().await?;
                phone.sees(".device").await?;
                let told = phone.browser.run(&format!("return {rows}")).await?;
                ensure!(!hasty || told == left, "{apart_ms} ms apart: {told} of {left} are left");
                Ok(hasty || left < 1)
            })
            .await?;
        }
        for apart_ms in APART_MS {
            in_time(async || {
                let hasty = twice(&phone, "#sign-out-everywhere", apart_ms).await?;
                if hasty {
                    phone.sees("#sign-out-everywhere-yes").await?;
                    phone.browser.click("#sign-out-everywhere-no").await?;
                }
                Ok(hasty)
            })
            .await?;
        }
        phone.browser.click("#settings-close").await?;
        phone.sees_status("registered").await
    })
    .await;
}

#[tokio::test]
async fn a_second_click_on_one_of_the_people_calls_nobody() {
    scenario("hands_people", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        // The page scrolls up after the first click: the keys come under the pointer.
        phone.browser.look(420, 560, false).await?;
        let row = format!(".demo-phone[data-number='{ECHO}']");
        let digits = "document.querySelector('#dial-input').value.replace(/\\D/g, '')";
        for apart_ms in APART_MS {
            in_time(async || {
                let hasty = twice(&phone, &row, apart_ms).await?;
                let written = phone.browser.run(&format!("return {digits}")).await?;
                ensure!(!hasty || written == "12125550110", "{apart_ms} ms apart: {written}");
                phone.browser.see_no("#call").await?;
                Ok(hasty)
            })
            .await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn keys_repeat_no_action_in_a_window_of_its_own() {
    scenario("hands_window", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        phone.browser.click("#popout-button").await?;
        phone.sees("#popped-out").await?;
        let page = phone.browser.tab().await?;
        phone.browser.goes_to_window_of(&page).await?;
        mutes_once(&phone).await?;
        phone.browser.goes_to(&page).await?;
        phone.browser.click("#popped-out button").await?;
        phone.sees_call("open").await
    })
    .await;
}

/// Enter that is held on Mute: an even number of times would leave it as it was.
async fn mutes_once(phone: &Softphone) -> Result<()> {
    phone.sees("#call #mute-button").await?;
    phone.tabs_to("mute-button").await?;
    phone.browser.until("Mute to be old", &format!("{OLD}('#mute-button')")).await?;
    phone.browser.key_goes_down("Enter").await?;
    phone.browser.key_repeats("Enter", 9).await?;
    phone.browser.key_comes_up("Enter").await?;
    phone.sees("#mute-button[aria-pressed=true]").await?;
    phone.browser.keys("\u{e007}").await?;
    phone.sees("#mute-button[aria-pressed=false]").await
}
