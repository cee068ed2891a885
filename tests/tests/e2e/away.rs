//! Somebody in between answers for the server: a proxy whose server is away, a content network, the Wi-Fi of a hotel.

use anyhow::{Result, ensure};
use e2e::proxy::Manners;
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{Options, TOKYO};

fn behind_nginx(token_lifetime_s: u32) -> Options {
    Options { behind_nginx: Some(Manners::KeepsPrefix), token_lifetime_s, ..Options::default() }
}

async fn sees_offline_page(phone: &Softphone) -> Result<()> {
    let words = phone.browser.text("section[lang=en]").await?;
    ensure!(words.contains("No connection to the server"), "{words:?}");
    Ok(())
}

#[tokio::test]
async fn whatever_status_a_proxy_has_the_page_says_that_the_server_is_away_and_comes_back() {
    scenario("away_page", behind_nginx(900), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.has_worker().await?;
        for status in [200, 401, 403, 404, 429, 500, 503, 520, 530] {
            cast.stack.proxy_becomes(Manners::Answers(status)).await?;
            phone.browser.reload().await?;
            sees_offline_page(&phone).await?;
            // From one status to the next it stays where it is, and does not ask the user.
            cast.stack.proxy_becomes(Manners::Answers(503)).await?;
            phone.browser.click("section[lang=en] button").await?;
            sees_offline_page(&phone).await?;
            cast.stack.proxy_becomes(Manners::KeepsPrefix).await?;
            phone.sees_status("registered").await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn whatever_a_proxy_says_to_an_open_page_nobody_is_signed_out() {
    scenario("away_api", behind_nginx(8), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        for status in [401, 200, 403, 520] {
            cast.stack.proxy_becomes(Manners::Answers(status)).await?;
            phone.sees_status("offline").await?;
            let words = phone.browser.text(".line-why").await?;
            ensure!(words.contains("server cannot be reached"), "{status}: {words}");
            // Who wants to sign out is told that it did not work: a proxy's page is not the server's word.
            phone.browser.click("#sign-out-button").await?;
            let told = "document.querySelector('#notice').innerText.includes('Signing out failed')";
            phone.browser.until(&format!("the word that it failed ({status})"), told).await?;
            phone.browser.click("#notice button").await?;
            phone.browser.see_no("#sign-in-button").await?;
            cast.stack.proxy_becomes(Manners::KeepsPrefix).await?;
            phone.sees_status("registered").await?;
        }
        phone.hears_itself(440.0).await
    })
    .await;
}
