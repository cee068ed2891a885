use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{ECHO, Options, TOKYO};

#[tokio::test]
async fn leaving_is_asked_about_in_a_call_and_only_in_the_tab_that_has_it() {
    scenario("leaving", Options::default(), async |cast| {
        let url = cast.stack.url();
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        ensure!(phone.browser.questions_on_leaving().await? == 0, "asked without a call");
        let first = phone.browser.tab().await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;

        let second = phone.browser.opens_tab(&url).await?;
        phone.sees_call("open").await?;
        // A click, for browsers let only pages ask whose user has done something.
        phone.toggles_mute(true).await?;
        phone.browser.reload().await?;
        phone.sees_call("open").await?;
        ensure!(phone.browser.questions_on_leaving().await? == 0, "asked in a tab that only shows the call");

        // The one with the call goes all the same, for the driver says yes; the other says what became of the call.
        phone.browser.goes_to(&first).await?;
        phone.browser.reload().await?;
        phone.browser.goes_to(&second).await?;
        phone.sees_end("completed").await?;
        phone.is_done().await?;
        phone.sees_status("registered").await?;
        phone.browser.goes_to(&first).await?;
        ensure!(phone.browser.questions_on_leaving().await? == 1, "not asked in the tab that has the call");

        // After the call it may go again.
        phone.hears_itself(440.0).await?;
        phone.browser.goto(&url).await?;
        phone.sees_status("registered").await?;
        ensure!(phone.browser.questions_on_leaving().await? == 0, "asked after the call");
        Ok(())
    })
    .await;
}
