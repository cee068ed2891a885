//! The computer's clock is set while the phone is open.

use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{ECHO, Options, TOKYO};

#[tokio::test]
async fn a_clock_that_is_set_moves_no_timer() {
    scenario("clock_set", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        for hours in [1, -1, -24, 1_000] {
            let set = format!(
                "window.right ??= Date.now; Date.now = () => window.right.call(Date) + {hours} * 3600e3"
            );
            phone.browser.run(&set).await?;
            let before = phone.timer().await?;
            phone.sees_timer_reach(before + 1).await?;
            let shown = phone.browser.text("#call-timer").await?;
            ensure!(phone.timer().await? < 600, "{hours} hours: the timer shows {shown}");
            phone.hears_tone(440.0).await?;
            phone.sees_call("open").await?;
        }
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        let shown = phone.browser.text("#call-timer").await?;
        ensure!(shown.len() == 5, "{shown}");
        phone.is_done().await?;
        phone.sees_status("registered").await?;
        phone.hears_itself(440.0).await
    })
    .await;
}
