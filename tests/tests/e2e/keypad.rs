use anyhow::ensure;
use e2e::PATIENCE;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, MENU, Options, TOKYO};

const SEQUENCE: &str = "123*0#";

#[tokio::test]
async fn keys_arrive_in_order_from_the_mouse_and_from_the_keyboard() {
    scenario("keypad", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(MENU).await?;
        phone.sees_call("open").await?;
        phone.browser.click("#keypad-button").await?;
        phone.presses(SEQUENCE).await?;
        cast.stack.sees_keys(SEQUENCE).await?;
        phone.browser.keys(SEQUENCE).await?;
        cast.stack.sees_keys(&SEQUENCE.repeat(2)).await?;
        let sent = phone.browser.text("#keys-sent").await?;
        ensure!(sent.replace(char::is_whitespace, "") == SEQUENCE.repeat(2), "shown: {sent:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_dial_pad_takes_keys_letters_and_pasted_numbers() {
    scenario("dial_pad", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let far = cast.stack.emulator().phone(EXTERNAL);
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;

        for key in "0905987654".chars() {
            phone.browser.click(&format!("button[data-key='{key}']")).await?;
        }
        phone.browser.click("#backspace-button").await?;
        // without touching the field: the keyboard dials from anywhere on the page; G, E, D are 4, 3, 3
        phone.browser.keys("ged").await?;
        phone.browser.keys("\u{e003}\u{e003}").await?;
        phone.browser.keys("3").await?;
        let shown = phone.browser.run("return document.querySelector('#dial-input').value").await?;
        let digits: String =
            shown.as_str().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        ensure!(digits == "09059876543", "shown: {shown}");
        phone.browser.keys("\u{e007}").await?;
        let call = far.next_call(PATIENCE).await?;
        phone.sees_call("ringing").await?;
        // Escape hangs up
        phone.browser.keys("\u{e00c}").await?;
        call.wait_ended(PATIENCE).await?;
        phone.sees_call("ended").await?;
        phone.is_done().await?;

        let field = phone.browser.see("#dial-input").await?;
        field.clear().await?;
        field.click().await?;
        phone
            .browser
            .run(
                "const data = new DataTransfer(); data.setData('text/plain', ' tel:+81-90-5987-6543 '); \
                 document.querySelector('#dial-input').dispatchEvent(new ClipboardEvent('paste', \
                 { clipboardData: data, bubbles: true, cancelable: true }));",
            )
            .await?;
        phone.browser.click("#call-button").await?;
        let call = far.next_call(PATIENCE).await?;
        call.answer().await;
        phone.sees_call("open").await
    })
    .await;
}
