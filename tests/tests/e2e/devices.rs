use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};

#[tokio::test]
async fn another_device_is_signed_out_and_says_so() {
    let options = Options { token_lifetime_s: 8, ..Options::default() };
    scenario("sign_out_one", options, async |cast| {
        let desk = cast.person("desk", 440).await?;
        desk.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let pocket = cast.person("pocket", 550).await?;
        pocket.signs_in(TOKYO.number, TOKYO.passcode).await?;

        desk.opens_settings().await?;
        desk.sees(".device[data-current=true]").await?;
        let name = desk.browser.text(".device[data-current=false] .device-name").await?;
        ensure!(name.contains("Chrome"), "{name}");
        desk.browser.click(".device[data-current=false] button").await?;
        desk.browser.see_no(".device[data-current=false]").await?;
        // The server refuses the next token.
        pocket.sees("#sign-in").await?;
        let words = pocket.browser.text("#notice").await?;
        ensure!(words.contains("signed out"), "{words}");
        desk.browser.click("#settings-close").await?;
        desk.sees_status("registered").await
    })
    .await;
}

#[tokio::test]
async fn signing_out_everywhere_asks_first() {
    let options = Options { token_lifetime_s: 8, ..Options::default() };
    scenario("sign_out_everywhere", options, async |cast| {
        let desk = cast.person("desk", 440).await?;
        desk.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let pocket = cast.person("pocket", 550).await?;
        pocket.signs_in(TOKYO.number, TOKYO.passcode).await?;

        desk.opens_settings().await?;
        desk.browser.click("#sign-out-everywhere").await?;
        desk.browser.click("#sign-out-everywhere-no").await?;
        desk.browser.click("#sign-out-everywhere").await?;
        desk.browser.click("#sign-out-everywhere-yes").await?;
        desk.sees("#sign-in").await?;
        pocket.sees("#sign-in").await?;
        desk.browser.reload().await?;
        desk.sees("#sign-in").await
    })
    .await;
}

#[tokio::test]
async fn a_call_is_finished_before_a_remote_sign_out_is_felt() {
    let options = Options { token_lifetime_s: 8, ..Options::default() };
    scenario("sign_out_in_call", options, async |cast| {
        let desk = cast.person("desk", 440).await?;
        desk.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        desk.answers().await?;
        desk.sees_call("open").await?;
        let pocket = cast.person("pocket", 550).await?;
        pocket.signs_in(TOKYO.number, TOKYO.passcode).await?;
        pocket.opens_settings().await?;
        pocket.browser.click(".device[data-current=false] button").await?;
        pocket.browser.see_no(".device[data-current=false]").await?;
        desk.sees_timer_reach(10).await?;
        desk.sees_call("open").await?;
        desk.hangs_up().await?;
        drop(call);
        desk.sees("#sign-in").await
    })
    .await;
}
