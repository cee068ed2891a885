use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{Options, TOKYO};

#[tokio::test]
async fn the_next_edge_is_taken_and_named_when_the_first_is_down() {
    scenario("edges", Options::default(), async |cast| {
        cast.stack.has_edges(&["dublin", "tokyo"]).await?;
        cast.stack.emulator().set_edge_down("dublin", true);
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.opens_settings().await?;
        phone
            .browser
            .until("the edge by name", "document.querySelector('#edge').innerText === 'tokyo'")
            .await?;
        phone.browser.keys("\u{e00c}").await?;
        phone.hears_itself(440.0).await?;

        // All of them: words, and no end of trying.
        cast.stack.emulator().set_edge_down("tokyo", true);
        cast.stack.emulator().drop_sockets();
        phone.is_done().await?;
        phone.sees_status("offline").await?;
        let words = phone.browser.text(".line-why").await?;
        ensure!(words.contains("phone network cannot be reached"), "{words}");
        cast.stack.emulator().set_edge_down("dublin", false);
        phone.sees_status("registered").await
    })
    .await;
}
