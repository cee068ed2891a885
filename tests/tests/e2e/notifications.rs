//! A call while nobody looks at the page.

use anyhow::ensure;
use e2e::PATIENCE;
use e2e::app::{copy_of, with_clicks};
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO, ui_folder};
use serde_json::json;

#[tokio::test]
async fn a_call_is_told_by_a_notification_that_goes_with_it() {
    scenario("notification", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.lets_notify("prompt").await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.has_worker().await?;
        phone.remembers_notifications().await?;
        phone.opens_settings().await?;
        phone.sees("#notify-words[data-state=off]").await?;
        phone.lets_notify("granted").await?;
        phone.scrolls_and_clicks("#notify-button").await?;
        phone.sees("#notify-words[data-state=on]").await?;

        // In front of the page's eyes it needs no notification.
        let far = cast.stack.emulator().phone(EXTERNAL);
        let call = far.call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.sees_no_notification().await?;
        call.hang_up().await;
        // Once it is known that it was missed: in front of the page's eyes.
        phone.sees_end("canceled").await?;

        let first = phone.browser.tab().await?;
        let other = format!("{}healthz", cast.stack.url());
        phone.browser.opens_tab(&other).await?;
        let call = far.call(TOKYO.number).await?;
        let shown = phone.sees_notification(1, "Incoming call", 2).await?;
        ensure!(shown["actions"] == json!(["answer", "decline"]), "{shown}");
        let digits: String =
            shown["body"].as_str().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        ensure!(digits.ends_with("9059876543"), "{shown} does not say who calls");
        call.hang_up().await;
        // The one about the call goes, and one about the missed call comes.
        let missed = phone.sees_notification(1, "1 missed call", 0).await?;
        ensure!(missed["tag"] == "missed", "{missed}");
        phone.browser.goes_to(&first).await?;
        phone.sees_no_notification().await?;

        // Switched off here, although the browser would.
        phone.scrolls_and_clicks("#notify-button").await?;
        phone.sees("#notify-words[data-state=off]").await?;
        phone.lets_notify("denied").await?;
        phone.browser.reload().await?;
        phone.opens_settings().await?;
        phone.sees("#notify-words[data-state=denied]").await?;
        phone.browser.see_no("#notify-button").await
    })
    .await;
}

#[tokio::test]
async fn a_call_is_answered_or_declined_by_its_notification() {
    let ui = copy_of(&ui_folder()).expect("a built page");
    with_clicks(ui.path()).expect("a worker");
    let options = Options { ui_dir: ui.path().to_owned(), ..Options::default() };
    scenario("notification_clicks", options, async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.lets_notify("granted").await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.has_worker().await?;
        phone.remembers_notifications().await?;
        let first = phone.browser.tab().await?;
        let other = phone.browser.opens_tab(&format!("{}healthz", cast.stack.url())).await?;
        let far = cast.stack.emulator().phone(EXTERNAL);

        let call = far.call(TOKYO.number).await?;
        phone.sees_notification(1, "Incoming call", 2).await?;
        phone.clicks_on_notification("decline").await?;
        call.wait_ended(PATIENCE).await?;
        phone.sees_no_notification().await?;

        let call = far.call(TOKYO.number).await?;
        phone.sees_notification(2, "Incoming call", 2).await?;
        phone.clicks_on_notification("answer").await?;
        call.wait_answered(PATIENCE).await?;
        phone.sees_no_notification().await?;
        phone.browser.goes_to(&first).await?;
        phone.sees_call("open").await?;
        phone.hangs_up().await?;
        drop(other);
        phone.is_done().await
    })
    .await;
}

#[tokio::test]
async fn the_tab_says_that_it_rings_and_how_many_calls_were_missed() {
    scenario("tab_signs", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.lets_notify("granted").await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.has_worker().await?;
        phone.remembers_signs().await?;
        phone.remembers_notifications().await?;
        let first = phone.browser.tab().await?;
        phone.browser.opens_tab(&format!("{}healthz", cast.stack.url())).await?;
        let far = cast.stack.emulator().phone(EXTERNAL);
        for count in [1, 2] {
            let call = far.call(TOKYO.number).await?;
            phone.has_been_notified(count, "Incoming call", 2).await?;
            call.hang_up().await;
            phone.has_been_notified(1, &format!("{count} missed call"), 0).await?;
            let kept = phone.browser.run("return localStorage.getItem('sidetone.missed')").await?;
            ensure!(kept.as_str() == Some(&*count.to_string()), "{kept} are counted");
        }
        // The second took the place of the first, and is still there.
        let left = phone.sees_notification(1, "2 missed calls", 0).await?;
        ensure!(left["title"] == "2 missed calls", "{left}");
        phone.browser.goes_to(&first).await?;
        phone.browser.until("the title as it was", "document.title === 'Sidetone'").await?;
        phone.browser.until("the icon as it was", "!window.signs.at(-1)[1].startsWith('data:')").await?;
        ensure!(phone.browser.run("return localStorage.getItem('sidetone.missed')").await? == "0");
        let signs: Vec<(String, String)> =
            serde_json::from_value(phone.browser.run("return window.signs").await?)?;
        let shown = |title: &str, icon: &str| {
            signs.iter().any(|(shown, with)| shown.starts_with(title) && with.starts_with(icon))
        };
        for (title, icon) in [("☎", "data:"), ("(1) Sidetone", "data:"), ("(2) Sidetone", "data:")] {
            ensure!(shown(title, icon), "{title} with {icon} is not among {signs:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_call_does_not_take_the_focus_from_somebody_who_writes() {
    scenario("typing", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.opens_settings().await?;
        phone.scrolls_and_clicks("#passcode-button").await?;
        phone.scrolls_and_clicks("#present-passcode").await?;
        phone.browser.keys("ab").await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.browser.keys("cd").await?;
        let written = phone.browser.run("return document.querySelector('#present-passcode').value").await?;
        ensure!(written == "abcd", "{written} was written");
        let said = "[...document.querySelectorAll('[role=status]')].some((live) => live.textContent.includes('Incoming call'))";
        phone.browser.until("the call to be announced", said).await?;
        call.hang_up().await;
        phone.sees_call("ended").await?;

        // Who writes nowhere finds the focus on Answer.
        phone.is_done().await?;
        phone.scrolls_and_clicks("#settings-close").await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.browser.until("the focus on Answer", "document.activeElement.id === 'answer-button'").await?;
        call.hang_up().await;
        phone.sees_call("ended").await
    })
    .await;
}
