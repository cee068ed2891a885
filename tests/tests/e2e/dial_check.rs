use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{ECHO, Options, TOKYO};

/// A premium rate number of Japan.
const PREMIUM: &str = "+81990123456";

#[tokio::test]
async fn a_refusal_is_told_before_dialling() {
    scenario("dial_check", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.browser.requests().await?;
        phone.browser.see("#dial-input").await?.send_keys(ECHO).await?;
        phone
            .browser
            .until("the number as a whole", "document.querySelector('#dial-input').value.length > 12")
            .await?;
        phone.browser.keys(&format!("\u{e00c}{}", TOKYO.number)).await?;
        phone
            .browser
            .until(
                "the own number refused",
                "document.querySelector('#dial-hint').innerText.includes('own number')",
            )
            .await?;
        let asked = phone.browser.requests().await?;
        let asked = asked.iter().filter(|url| url.ends_with("api/dial_check")).count();
        ensure!((1..=2).contains(&asked), "asked {asked} times");

        phone.browser.click("#call-button").await?;
        phone.sees("#dial-error").await?;
        phone.sees_no_call().await?;

        phone.browser.keys("\u{e00c}110").await?;
        phone
            .browser
            .until("emergency words", "document.querySelector('#dial-hint').innerText.includes('Emergency')")
            .await?;
        ensure!(cast.stack.emulator().calls().is_empty(), "something was dialled");
        phone.browser.keys(&format!("\u{e00c}{PREMIUM}")).await?;
        phone
            .browser
            .until(
                "the premium number refused",
                "document.querySelector('#dial-hint').innerText.includes('remium')",
            )
            .await?;
        phone.browser.keys("\u{e00c}+33142685300").await?;
        phone
            .browser
            .until(
                "the country refused by its name",
                "document.querySelector('#dial-hint').innerText.includes('Calls to France are not allowed')",
            )
            .await?;
        phone.browser.keys("\u{e00c}").await?;
        phone.hears_itself(440.0).await
    })
    .await;
}
