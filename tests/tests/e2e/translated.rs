//! A browser that translates pages leaves the words of this one alone, for they change.

use anyhow::{Result, ensure};
use e2e::PATIENCE;
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{EXTERNAL, Options, TOKYO};

/// Does what Google Translate does to a page: puts other words, in `<font>` elements, in the place of every text that it may
/// translate, and of those that come later. By the standard, `translate` of an element tells what it may.
const TRANSLATOR: &str = "const translate = () => { const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); \
     const texts = []; while (walker.nextNode()) texts.push(walker.currentNode); \
     for (const text of texts) { const outer = text.parentElement; \
     if (!outer.translate || !text.data.trim() || outer.closest('font, script, style')) continue; \
     const [font, inner] = [document.createElement('font'), document.createElement('font')]; \
     inner.textContent = `<${text.data}>`; font.append(inner); text.replaceWith(font); } }; \
     translate(); new MutationObserver(translate).observe(document.body, { subtree: true, childList: true, characterData: true });";

async fn says(phone: &Softphone, css: &str, words: &str) -> Result<()> {
    let shown = format!("document.querySelector({css:?})?.innerText.trim() === {words:?}");
    phone.browser.until(&format!("{css} to say {words}"), &shown).await.map(drop)
}

#[tokio::test]
async fn a_translated_page_goes_on_telling_the_truth() {
    scenario("translated", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.sees("#sign-in").await?;
        phone.browser.run(TRANSLATOR).await?;
        phone.tries_to_sign_in(TOKYO.number, "wrong").await?;
        phone.sees("#sign-in-error").await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        says(&phone, "#line-status .line-word", "Ready").await?;

        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        says(&phone, "#call-status", "Incoming call").await?;
        phone.answers().await?;
        call.wait_answered(PATIENCE).await?;
        says(&phone, "#call-status", "In call").await?;
        phone.sees_timer_reach(2).await?;
        phone.opens_settings().await?;
        phone.sees(".device").await?;
        phone.browser.click("#settings-close").await?;
        call.hang_up().await;
        phone.sees_end("completed").await?;
        says(&phone, "#end-reason strong", "Call ended").await?;
        phone.is_done().await?;

        cast.stack.stop_emulator().await;
        phone.sees("#line-status[data-state=offline], #line-status[data-state=connecting]").await?;
        let word = phone.browser.text("#line-status .line-word").await?;
        ensure!(word != "Ready" && !word.contains('<'), "the lamp says {word:?}");
        // The page's own languages stay.
        phone.opens_settings().await?;
        phone.browser.see("#settings #language").await?.send_keys("日本語").await?;
        phone.browser.until("Japanese", "document.documentElement.lang === 'ja'").await?;
        says(&phone, "#sign-out-button", "サインアウト").await
    })
    .await;
}
