//! What the page loads later, and when that fails. A development build has everything in one file: `make ui` makes both.

use anyhow::{Context, Result, ensure};
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{Options, TOKYO, ui_folder};
use serde_json::json;

/// Where the code is that comes later.
const PATTERN: &str = "*/later-*.wasm";

fn is_there_a_later_part() -> Result<bool> {
    let mut names = std::fs::read_dir(ui_folder())?.map(|entry| Ok(entry?.file_name()));
    names.try_fold(false, |found, name: Result<_>| Ok(found || name?.to_string_lossy().starts_with("later-")))
}

async fn block(phone: &Softphone, urls: &[&str]) -> Result<()> {
    phone.browser.devtools("Network.setBlockedURLs", json!({ "urls": urls })).await?;
    Ok(())
}

#[tokio::test]
async fn settings_that_do_not_load_say_so_and_load_when_tried_again() {
    scenario("lazy_failure", Options::default(), async |cast| {
        ensure!(is_there_a_later_part()?, "this needs the release build: run `make ui`");
        let phone = cast.person("Tokyo", 440).await?;
        block(&phone, &[PATTERN]).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        // The phone does not need it.
        phone.sees_status("registered").await?;
        phone.opens_settings().await?;
        phone.sees("#settings [data-retry]").await?;
        phone.browser.click("#settings [data-retry]").await?;
        phone.browser.see_no(".device").await?;
        block(&phone, &[]).await?;
        phone.browser.click("#settings [data-retry]").await?;
        phone.sees(".device[data-current=true]").await
    })
    .await;
}

#[tokio::test]
async fn a_program_that_does_not_come_says_so_and_comes_when_tried_again() {
    scenario("lazy_program", Options::default(), async |cast| {
        ensure!(is_there_a_later_part()?, "this needs the release build: run `make ui`");
        let phone = cast.person("Tokyo", 440).await?;
        phone.sees("#sign-in").await?;
        phone.browser.devtools("Network.setBypassServiceWorker", json!({ "bypass": true })).await?;
        for pattern in ["*/frontend-*.js", "*/frontend-*_bg.wasm"] {
            block(&phone, &[pattern]).await?;
            phone.browser.reload().await?;
            phone.sees("#unstarted [lang=en] button").await?;
            let words = phone.browser.text("#unstarted").await?;
            ensure!(words.contains("could not be loaded"), "{words:?}");
            block(&phone, &[]).await?;
            phone.browser.click("#unstarted [lang=en] button").await?;
            phone.sees("#sign-in").await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_comes_later_comes_by_itself_and_is_kept() {
    scenario("lazy_ahead", Options::default(), async |cast| {
        ensure!(is_there_a_later_part()?, "this needs the release build: run `make ui`");
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let entry = "performance.getEntriesByType('resource').find((entry) => entry.name.includes('/later-'))";
        phone.browser.until("the later part", &format!("{entry}?.responseEnd")).await?;
        let url = phone.browser.run(&format!("return {entry}.name")).await?;
        let url = url.as_str().context("no name")?;
        let headers = format!(
            "return fetch({url:?}).then((answer) => answer.headers.get('content-type') + ' ' + answer.headers.get('cache-control'))"
        );
        let headers = phone.browser.run(&headers).await?;
        let headers = headers.as_str().unwrap_or_default();
        ensure!(headers.starts_with("application/wasm "), "{headers}");
        ensure!(headers.contains("immutable"), "{headers}");
        // Without the server's help from now on.
        block(&phone, &[PATTERN]).await?;
        phone.opens_settings().await?;
        phone.sees(".device[data-current=true]").await
    })
    .await;
}
