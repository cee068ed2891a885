use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{Options, TOKYO, WASHINGTON};

#[tokio::test]
async fn a_line_signs_in_and_is_registered() {
    scenario("sign_in", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.tries_to_sign_in("050-3123-4567", TOKYO.passcode).await?;
        phone.sees_status("registered").await?;
        let own = phone.browser.attribute("#own-number", "data-number").await?;
        ensure!(own.as_deref() == Some(TOKYO.number), "signed in as {own:?}");

        phone.browser.reload().await?;
        phone.sees_status("registered").await?;

        phone.browser.click("#sign-out-button").await?;
        phone.sees("#sign-in").await?;
        phone.browser.reload().await?;
        phone.sees("#sign-in").await
    })
    .await;
}

#[tokio::test]
async fn a_wrong_passcode_and_an_unknown_number_are_refused_alike() {
    scenario("sign_in_refused", Options::default(), async |cast| {
        let phone = cast.person("stranger", 440).await?;
        let mut refusals = Vec::new();
        for (number, passcode) in [(TOKYO.number, "wrong"), ("+12025550177", WASHINGTON.passcode)] {
            phone.tries_to_sign_in(number, passcode).await?;
            refusals.push(phone.browser.text("#sign-in-error").await?);
            phone.browser.reload().await?;
        }
        ensure!(refusals[0] == refusals[1], "the words differ: {refusals:?}");
        phone.tries_to_sign_in("+1 202 555 014", WASHINGTON.passcode).await?;
        let unreadable = phone.browser.text("#sign-in-error").await?;
        ensure!(
            !unreadable.is_empty() && unreadable != refusals[0],
            "{unreadable:?} does not name the number"
        );
        phone.browser.reload().await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await
    })
    .await;
}

#[tokio::test]
async fn the_demo_signs_in_with_one_click() {
    scenario("one_click", Options::default(), async |cast| {
        let phone = cast.person("Washington", 440).await?;
        phone.browser.click(&format!(".demo-line[data-number='{}']", WASHINGTON.number)).await?;
        phone.sees_status("registered").await?;
        let own = phone.browser.attribute("#own-number", "data-number").await?;
        ensure!(own.as_deref() == Some(WASHINGTON.number), "signed in as {own:?}");
        Ok(())
    })
    .await;
}
