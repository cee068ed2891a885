use anyhow::{Result, ensure};
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{MENU, Options, TOKYO};

/// The document of the second window, whichever kind it is.
const OTHER: &str = "(window.opened ?? window.documentPictureInPicture?.window)?.document";

#[tokio::test]
async fn the_call_stays_in_a_window_above_all_others() {
    scenario("pop_out_floating", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        ensure!(phone.browser.run("return 'documentPictureInPicture' in window").await? == true);
        lives_in_its_window(&phone).await?;
        closes_with_the_call(&phone).await
    })
    .await;
}

#[tokio::test]
async fn a_browser_without_floating_windows_opens_an_ordinary_one() {
    scenario("pop_out_ordinary", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let script = "delete window.documentPictureInPicture; const open = window.open; \
             window.open = (...how) => window.opened = open.apply(window, how);";
        phone.browser.in_every_page(script).await?;
        phone.browser.reload().await?;
        lives_in_its_window(&phone).await?;
        closes_with_the_call(&phone).await
    })
    .await;
}

#[tokio::test]
async fn closing_the_window_ends_no_call() {
    scenario("pop_out_closed", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        lives_in_its_window(&phone).await?;
        phone.browser.run(&format!("{OTHER}.defaultView.close()")).await?;
        phone.sees_call("open").await?;
        phone.browser.see_no("#popped-out").await?;
        let shown = phone.timer().await?;
        phone.sees_timer_reach(shown + 1).await?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await.map(|_| ())
    })
    .await;
}

/// Dials, moves the call to its window, and works it there: mute, keypad by click and by keyboard.
async fn lives_in_its_window(phone: &Softphone) -> Result<()> {
    phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
    phone.dials(MENU).await?;
    phone.sees_call("open").await?;
    phone.browser.click("#popout-button").await?;
    phone.sees("#popped-out").await?;
    phone.browser.see_no("#call").await?;
    let there = |css: &str| format!("{OTHER}?.querySelector({css:?})");
    let seen_there = |css: &str| format!("Boolean({})", there(css));
    phone
        .browser
        .until("the style sheets", &format!("{OTHER}.styleSheets.length === document.styleSheets.length"))
        .await?;
    phone.browser.until("the call", &seen_there("#call[data-state=open] #call-peer")).await?;
    for (click, seen) in [
        ("#mute-button", "#mute-button[aria-pressed=true]"),
        ("#mute-button", "#mute-button[aria-pressed=false]"),
        ("#keypad-button", "#call-keypad"),
        ("[data-key='1']", "#keys-sent:not([hidden])"),
    ] {
        phone.browser.run(&format!("{}.click()", there(click))).await?;
        phone.browser.until(seen, &seen_there(seen)).await?;
    }
    let key = format!(
        "{OTHER}.body.dispatchEvent(new ({OTHER}.defaultView.KeyboardEvent)('keydown', {{ key: '2', bubbles: true }}))"
    );
    phone.browser.run(&key).await?;
    phone.browser.until("both keys", &format!("{}.textContent === '12'", there("#keys-sent"))).await?;
    Ok(())
}

async fn closes_with_the_call(phone: &Softphone) -> Result<()> {
    phone
        .browser
        .run(&format!(
            "window.there = {OTHER}.defaultView; there.document.querySelector('#hangup-button').click()"
        ))
        .await?;
    phone.sees_end("completed").await?;
    phone.browser.see_no("#popped-out").await?;
    phone.browser.until("the window closed", "window.there.closed").await.map(|_| ())
}
