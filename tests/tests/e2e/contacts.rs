//! Names for numbers: written, found, called, seen in a call, read in from a file and out to one.

use anyhow::{Context, Result, ensure};
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, Options, TOKYO, WASHINGTON};

use crate::accessibility::{is_for_everybody, speaks};

const FILE: &str = "BEGIN:VCARD\nVERSION:3.0\nFN:山田 愛子\nX-PHONETIC-LAST-NAME:ヤマダ\nTEL;TYPE=CELL:090-5987-6543\nEND:VCARD\n\
     BEGIN:VCARD\nFN:Echo again\nTEL:+12125550110\nTEL:no number\nEND:VCARD\n";

/// The file at this address, as the browser downloads it.
async fn exported(phone: &Softphone, link: &str) -> Result<String> {
    let script = format!(
        "window.exported = null; fetch(document.querySelector({link:?}).href).then((answer) => answer.text()).then((text) => window.exported = text)"
    );
    phone.browser.run(&script).await?;
    let text = phone.browser.until("the file", "window.exported").await?;
    text.as_str().map(str::to_owned).context("a text")
}

/// Chooses a file and reads it in.
async fn imports(phone: &Softphone, text: &str, shared: bool) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("contacts.vcf");
    std::fs::write(&file, text)?;
    phone.scrolls_and_clicks("#import-contacts").await?;
    phone.browser.see("#import-file").await?.send_keys(&file.to_string_lossy()).await?;
    phone.sees("#import-write").await?;
    if shared {
        phone.scrolls_and_clicks("#import-shared").await?;
        phone.sees("#import-write:not([aria-busy=true])").await?;
    }
    is_for_everybody(phone, "a file that was looked at").await?;
    phone.scrolls_and_clicks("#import-write").await?;
    phone.sees("#imported").await?;
    is_for_everybody(phone, "a file that was read in").await?;
    let words = phone.browser.text(".contacts-import").await?;
    phone.scrolls_and_clicks("#import-done").await?;
    Ok(words)
}

#[tokio::test]
async fn a_name_is_written_found_called_and_seen() {
    scenario("contacts", Options::default(), async |cast| {
        let phone = cast.person("phone", 440).await?;
        speaks(&phone, "en").await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.sees_status("registered").await?;
        phone.opens_contacts().await?;
        phone.sees(".contacts-none").await?;
        is_for_everybody(&phone, "no contacts").await?;
        phone.scrolls_and_clicks("#add-contact").await?;
        phone.browser.see("#contact-name").await?.send_keys("Echo, the nymph").await?;
        phone.browser.see(".number-field input").await?.send_keys("twelve").await?;
        phone.scrolls_and_clicks("#contact-save").await?;
        phone.sees("#contact-error").await?;
        phone.browser.see(".number-field input").await?.clear().await?;
        phone.browser.see(".number-field input").await?.send_keys(ECHO).await?;
        is_for_everybody(&phone, "a contact is written").await?;
        phone.scrolls_and_clicks("#contact-save").await?;
        phone.sees_contacts(&["Echo, the nymph"]).await?;
        let words = imports(&phone, FILE, false).await?;
        ensure!(words.contains("1 added") && words.contains("no number"), "{words}");
        phone.sees_contacts(&["Echo, the nymph", "山田 愛子"]).await?;
        let search = phone.browser.see("#contact-search").await?;
        search.send_keys("やまだ").await?;
        phone.sees_contacts(&["山田 愛子"]).await?;
        search.clear().await?;
        search.send_keys("nobody").await?;
        phone.sees(".contacts-none").await?;
        search.clear().await?;
        search.send_keys("555-0110").await?;
        phone.sees_contacts(&["Echo, the nymph"]).await?;
        phone.browser.click(".contact-star").await?;
        phone.sees(".contact-star[aria-pressed=true]").await?;
        phone.browser.click(".contact-head").await?;
        phone.sees(".contact-numbers").await?;
        is_for_everybody(&phone, "a contact").await?;

        phone.browser.click(".contact-line .contact-call").await?;
        phone.sees_call("open").await?;
        phone
            .browser
            .until("the name in the call", "document.body.innerText.includes('Echo, the nymph')")
            .await?;
        phone.hangs_up().await?;
        phone.is_done().await?;

        // What is written out can be read in, and is the same.
        phone.opens_contacts().await?;
        phone.browser.click("#contacts-favourites").await?;
        phone.sees_contacts(&["Echo, the nymph"]).await?;
        for link in ["#export-vcard", "#export-csv"] {
            let text = exported(&phone, link).await?;
            ensure!(text.contains("山田 愛子") && text.contains("+12125550110"), "{text}");
        }
        phone.browser.click("#contacts-all").await?;
        phone.sees_contacts(&["Echo, the nymph", "山田 愛子"]).await?;
        phone.browser.click(".contact-head").await?;
        phone.scrolls_and_clicks(".contact-body [id^=remove-]").await?;
        phone.scrolls_and_clicks(".contact-body [id$=-question-yes]").await?;
        phone.sees_contacts(&["山田 愛子"]).await
    })
    .await;
}

#[tokio::test]
async fn what_all_lines_share_has_its_name_on_each() {
    scenario("contacts_shared", Options::default(), async |cast| {
        let tokyo = cast.person("tokyo", 440).await?;
        speaks(&tokyo, "ja").await?;
        tokyo.signs_in(TOKYO.number, TOKYO.passcode).await?;
        tokyo.opens_contacts().await?;
        imports(&tokyo, FILE, true).await?;
        tokyo.sees_contacts(&["Echo again", "山田 愛子"]).await?;
        let washington = cast.person("washington", 550).await?;
        washington.signs_in(WASHINGTON.number, WASHINGTON.passcode).await?;
        washington.opens_contacts().await?;
        washington.sees_contacts(&["Echo again", "山田 愛子"]).await
    })
    .await;
}
