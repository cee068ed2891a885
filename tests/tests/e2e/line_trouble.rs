use e2e::scenario::scenario;
use e2e::stack::{Options, TOKYO};
use serde_json::json;

#[tokio::test]
async fn a_browser_without_a_network_says_so_and_comes_back_at_a_click() {
    scenario("offline", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let network = |offline: bool| {
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 })
        };
        phone.browser.devtools("Network.emulateNetworkConditions", network(true)).await?;
        phone.sees_status("offline").await?;
        let words = phone.browser.text(".line-why").await?;
        anyhow::ensure!(words.contains("You are offline"), "{words}");
        phone.sees("#line-cure").await?;
        phone.browser.devtools("Network.emulateNetworkConditions", network(false)).await?;
        phone.sees_status("registered").await?;
        phone.browser.see_no("#line-cure").await?;
        phone.hears_itself(440.0).await
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_back_is_found_at_a_click() {
    let options = Options { token_lifetime_s: 6, ..Options::default() };
    scenario("try_now", options, async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        cast.stack.stop_server().await;
        phone.sees_status("offline").await?;
        cast.stack.start_server().await?;
        phone.browser.click("#line-cure").await?;
        phone.sees_status("registered").await
    })
    .await;
}

#[tokio::test]
async fn a_tab_that_hears_nothing_of_the_phone_can_take_it() {
    scenario("tab_hangs", Options::default(), async |cast| {
        let url = cast.stack.url();
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let first = phone.browser.tab().await?;
        // As a tab of another version would: it has the phone, and says nothing that is understood.
        phone.browser.run("BroadcastChannel.prototype.postMessage = () => {}").await?;
        phone.browser.opens_tab(&url).await?;
        phone.sees_status("offline").await?;
        phone.browser.click("#line-cure").await?;
        phone.sees_status("registered").await?;
        phone.hears_itself(440.0).await?;
        phone.is_done().await?;
        phone.browser.goes_to(&first).await?;
        phone.sees_status("registered").await
    })
    .await;
}
