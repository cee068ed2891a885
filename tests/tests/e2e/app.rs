//! The page as an app: installed, without its server, and when there is a newer one.

use anyhow::{Context, ensure};
use e2e::app::{copy_of, rename_build};
use e2e::scenario::scenario;
use e2e::stack::{ECHO, Options, TOKYO, ui_folder};
use serde_json::{Value, json};

#[tokio::test]
async fn the_page_can_be_installed() {
    scenario("app_manifest", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.has_worker().await?;
        phone.browser.until("the manifest", "document.querySelector(\"link[rel='manifest']\")?.href").await?;
        let answer = phone.browser.devtools("Page.getAppManifest", json!({})).await?;
        ensure!(answer["errors"] == json!([]), "the manifest has faults: {}", answer["errors"]);
        let manifest: Value = serde_json::from_str(answer["data"].as_str().unwrap_or_default())?;
        ensure!(manifest["name"] == "Sidetone" && manifest["display"] == "standalone", "{manifest}");
        ensure!(manifest["protocol_handlers"][0]["protocol"] == "tel", "{manifest}");
        for icon in manifest["icons"].as_array().context("icons")? {
            let bytes = cast.stack.get(icon["src"].as_str().unwrap_or_default()).await?;
            ensure!(bytes.starts_with(b"\x89PNG"), "{icon} is no PNG");
        }
        let answer = phone.browser.devtools("Page.getInstallabilityErrors", json!({})).await?;
        ensure!(answer["installabilityErrors"] == json!([]), "it cannot be installed: {answer}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_its_server_the_page_says_so_in_the_user_s_language_and_comes_back() {
    scenario("app_offline", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.has_worker().await?;
        cast.stack.stop_server().await;
        // At another address than that of the page, too.
        phone.browser.goto(&format!("{}?to=%2B12025550143", cast.stack.url())).await?;
        let words = phone.browser.text("section[lang=en]").await?;
        ensure!(words.contains("No connection to the server"), "{words:?}");
        phone.browser.run("localStorage.setItem('sidetone.language', 'ja')").await?;
        phone.browser.reload().await?;
        let words = phone.browser.text("section[lang=ja]").await?;
        ensure!(words.contains("サーバーに接続できません"), "{words:?}");
        phone.browser.see_no("section[lang=en]").await?;
        ensure!(phone.browser.run("return document.documentElement.lang").await? == "ja");
        let styled = "return getComputedStyle(document.querySelector('section[lang=ja] button')).minHeight";
        ensure!(phone.browser.run(styled).await? != "auto", "the page has lost its style sheets");
        phone.browser.run("localStorage.setItem('sidetone.language', 'en')").await?;
        cast.stack.start_server().await?;
        phone.sees_status("registered").await
    })
    .await;
}

#[tokio::test]
async fn the_worker_keeps_files_and_nothing_that_the_server_says() {
    scenario("app_caches", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.has_worker().await?;
        // Through the worker now.
        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        phone.hears_itself(440.0).await?;
        phone.is_done().await?;
        let kept = phone
            .browser
            .run(
                "return (async () => { const paths = []; for (const name of await caches.keys()) \
                 for (const { url } of await (await caches.open(name)).keys()) \
                 paths.push(new URL(url).pathname.slice(1)); return paths; })()",
            )
            .await?;
        let kept: Vec<String> = serde_json::from_value(kept)?;
        ensure!(kept.iter().any(|path| path == "offline.html"), "nothing is kept: {kept:?}");
        for path in &kept {
            let hashed = path.split(['-', '.', '_']).any(|part| part.len() >= 12);
            ensure!(hashed || path.starts_with("offline."), "{path} is kept");
            ensure!(!path.contains('/'), "{path} is kept");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_newer_page_is_offered_after_the_call_and_loaded_on_request() {
    let ui = copy_of(&ui_folder()).expect("a built page");
    let options = Options { ui_dir: ui.path().to_owned(), ..Options::default() };
    scenario("app_update", options, async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.has_worker().await?;
        phone.dials(ECHO).await?;
        phone.sees_call("open").await?;
        rename_build(ui.path(), "0123456789abcdef")?;
        let waits = "navigator.serviceWorker.getRegistration().then((registration) => \
            (registration.waiting ? true : registration.update().then(() => false)))";
        phone.browser.until("the newer worker to wait", waits).await?;
        phone.hears_tone(440.0).await?;
        phone.browser.see_no("#load-new-version").await?;
        phone.hangs_up().await?;
        let offer = ".notice-words:has(#load-new-version)";
        phone.sees_nothing_moved_by(offer).await?;
        phone.is_done().await?;
        phone.sees_nothing_moved_by(offer).await?;
        phone.browser.click("#load-new-version").await?;
        phone.browser.until("the newer page", "document.querySelector(\"[content='0123456789abcdef']\")").await?;
        phone.sees_status("registered").await?;
        let took_over = "navigator.serviceWorker.getRegistration().then((registration) => !registration.waiting \
            && registration.active?.state === 'activated').then(async (alone) => alone \
            && (await caches.keys()).some((name) => name.endsWith('0123456789abcdef')))";
        phone.browser.until("the newer worker to take over", took_over).await?;
        phone.browser.see_no("#load-new-version").await
    })
    .await;
}
