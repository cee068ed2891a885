use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{Options, TOKYO};

const CHOSEN: &str = "horse of another colour";

#[tokio::test]
async fn a_one_time_code_lets_the_user_choose_a_passcode() {
    scenario("first_sign_in", Options::default(), async |cast| {
        let code = cast.stack.one_time_code(TOKYO.number).await?;
        let phone = cast.person("Tokyo", 440).await?;
        phone.tries_to_sign_in(TOKYO.number, &code).await?;
        // By keys alone: the focus is in the first field; Tab passes the button that shows what is typed.
        phone.browser.see("#choose-passcode").await?;
        phone.browser.keys("12345678").await?;
        phone
            .browser
            .until(
                "the rules to say why",
                "document.querySelector('#passcode-rules').innerText.includes('sequence')",
            )
            .await?;
        phone.browser.keys("\u{e004}\u{e004}12345678\u{e007}").await?;
        phone.sees("#sign-in-error").await?;
        let words = phone.browser.text("#sign-in-error").await?;
        ensure!(words.contains("sequence"), "{words}");

        phone.chooses_passcode("one passcode", "another one").await?;
        phone.browser.click("#choose-button").await?;
        phone
            .browser
            .until(
                "both to be compared",
                "document.querySelector('#sign-in-error').innerText.includes('twice')",
            )
            .await?;
        phone.chooses_passcode(CHOSEN, CHOSEN).await?;
        phone.browser.click("#choose-button").await?;
        phone.sees_status("registered").await?;

        phone.browser.click("#sign-out-button").await?;
        phone.tries_to_sign_in(TOKYO.number, &code).await?;
        phone.sees("#sign-in-error").await?;
        phone.browser.reload().await?;
        phone.signs_in(TOKYO.number, CHOSEN).await
    })
    .await;
}
