use anyhow::{Result, ensure};
use e2e::hearing::hears_tone;
use e2e::scenario::{Cast, scenario};
use e2e::softphone::Softphone;
use e2e::stack::{EXTERNAL, Options, TOKYO};
use serde_json::json;

const LANGUAGE: &str = "document.documentElement.lang";

/// Somebody whose browser asks for these languages.
async fn speaker(cast: &mut Cast, languages: &str) -> Result<std::sync::Arc<Softphone>> {
    let surroundings = cast.stack.surroundings().speaking(languages);
    cast.person_among(&surroundings, "speaker", 440).await
}

/// Picks a language from the list, as a person does who sees it, by its first letters.
async fn picks(phone: &Softphone, name: &str) -> Result<()> {
    phone.browser.see("#language").await?.send_keys(name).await?;
    Ok(())
}

async fn speaks(phone: &Softphone, tag: &str) -> Result<()> {
    phone.browser.until(&format!("the language {tag}"), &format!("{LANGUAGE} === {tag:?}")).await.map(drop)
}

#[tokio::test]
async fn a_japanese_browser_gets_japanese_from_the_first_sight_on() {
    scenario("japanese", Options::default(), async |cast| {
        let phone = speaker(cast, "ja-JP,ja,en").await?;
        ensure!(phone.browser.text("#sign-in-button").await? == "サインイン");
        speaks(&phone, "ja").await?;
        phone.tries_to_sign_in(TOKYO.number, "").await?;
        let words = phone.browser.text("#sign-in-error").await?;
        ensure!(words.contains("パスコード"), "{words}");
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone
            .browser
            .until("the line's word", "document.querySelector('#line-status').innerText === '待機中'")
            .await?;

        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        ensure!(phone.browser.text("#answer-button").await? == "応答");
        ensure!(phone.browser.title().await?.ends_with("から着信"));
        phone.declines().await?;
        drop(call);
        let end = phone.sees_end("declined").await?;
        ensure!(end.contains("着信を拒否しました"), "{end}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_language_without_messages_is_english() {
    scenario("no_such_language", Options::default(), async |cast| {
        let phone = speaker(cast, "tlh,fr-FR").await?;
        ensure!(phone.browser.text("#sign-in-button").await? == "Sign in");
        speaks(&phone, "en").await
    })
    .await;
}

#[tokio::test]
async fn without_its_texts_the_page_is_english_and_says_so() {
    scenario("language_missing", Options::default(), async |cast| {
        let phone = speaker(cast, "ja-JP").await?;
        speaks(&phone, "ja").await?;
        phone.browser.devtools("Network.enable", json!({})).await?;
        let missing = json!({ "urls": ["*messages-ja.json"] });
        phone.browser.devtools("Network.setBlockedURLs", missing).await?;
        phone.browser.reload().await?;
        ensure!(phone.browser.text("#sign-in-button").await? == "Sign in");
        speaks(&phone, "en").await?;
        let words = phone.browser.text(".notice-words").await?;
        ensure!(words.contains("could not be loaded"), "{words}");
        // The file is back: the choice brings it.
        phone.browser.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await?;
        picks(&phone, "日").await?;
        speaks(&phone, "ja").await
    })
    .await;
}

#[tokio::test]
async fn the_language_changes_in_the_middle_of_a_call_and_is_remembered() {
    scenario("change_language", Options::default(), async |cast| {
        let phone = speaker(cast, "en-US").await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        phone.opens_settings().await?;
        // Two languages: what comes after English.
        picks(&phone, "日").await?;
        speaks(&phone, "ja").await?;
        phone
            .browser
            .until("the button", "document.querySelector('#hangup-button').innerText === '切る'")
            .await?;
        phone.sees_call("open").await?;
        hears_tone(&call, 440.0).await?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;
        phone.is_done().await?;

        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        speaks(&phone, "ja").await?;
        phone.opens_settings().await?;
        let history =
            "[...document.querySelectorAll('.device-history')].map((line) => line.innerText).join()";
        phone.browser.until("when it was signed in", &format!("{history}.includes('サインイン')")).await?;
        picks(&phone, "English").await?;
        speaks(&phone, "en").await?;
        phone.browser.until("English again", &format!("{history}.includes('Signed in')")).await.map(drop)
    })
    .await;
}

/// What stands out of the page to the side, as `#id.class`.
const OVERFLOW: &str = "(() => {
    const width = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('body *')].filter((element) => {
        const { left, right, width: own } = element.getBoundingClientRect();
        return own > 0 && (left < -1 || right > width + 1) && !element.closest('.visually-hidden');
    });
    return out.map((element) => `${element.tagName}#${element.id}.${element.getAttribute('class')}`).join(' ');
})()";

/// The page at phone width and on a desk, from left to right and from right to left; a picture of each where one is wanted.
async fn fits(phone: &Softphone, state: &str) -> Result<()> {
    let pictures = std::env::var_os("SIDETONE_LANGUAGE_PICTURES").map(std::path::PathBuf::from);
    for (width, height) in [(320, 640), (360, 740), (1440, 900)] {
        phone.browser.look(width, height, false).await?;
        for direction in ["ltr", "rtl"] {
            phone.browser.run(&format!("document.documentElement.dir = {direction:?}")).await?;
            let out = phone.browser.run(&format!("return {OVERFLOW}")).await?;
            if let Some(folder) = &pictures {
                let picture = phone.browser.screenshot().await?;
                std::fs::write(folder.join(format!("{state}-{width}-{direction}.png")), picture)?;
            }
            ensure!(out == "", "{state} at {width} px, {direction}: {out} stands out");
        }
    }
    Ok(())
}

/// No language of ours is written from right to left yet; the next one may be.
#[tokio::test]
async fn the_page_fits_in_japanese_and_from_right_to_left() {
    scenario("right_to_left", Options::default(), async |cast| {
        let phone = speaker(cast, "ja").await?;
        phone.sees("#sign-in").await?;
        fits(&phone, "sign_in").await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        fits(&phone, "dial").await?;
        phone.opens_settings().await?;
        phone.sees(".device[data-current=true]").await?;
        let name = phone.browser.text(".device-name").await?;
        ensure!(name.contains("Linuxの"), "{name}");
        fits(&phone, "settings").await?;
        phone.browser.click("#settings-close").await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        fits(&phone, "incoming").await?;
        phone.answers().await?;
        phone.sees_call("open").await?;
        fits(&phone, "call").await?;
        // A phone number is read from left to right everywhere.
        let first = "(() => { const text = document.querySelector('#call-peer').firstChild; const range = new Range(); \
             range.setStart(text, 0); range.setEnd(text, 1); const plus = range.getBoundingClientRect().left; \
             range.setStart(text, 1); range.setEnd(text, 3); return plus < range.getBoundingClientRect().left; })()";
        ensure!(phone.browser.run(&format!("return {first}")).await? == true, "the number runs the wrong way");
        call.hang_up().await;
        phone.sees_end("completed").await?;
        fits(&phone, "ended").await
    })
    .await;
}
