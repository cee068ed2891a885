use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};

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
