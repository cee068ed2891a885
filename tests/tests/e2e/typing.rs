use anyhow::{Result, ensure};
use e2e::browser::Browser;
use e2e::scenario::scenario;
use e2e::stack::{MENU, Options, TOKYO, WASHINGTON};
use serde_json::json;

const FIELD: &str = "document.querySelector('#dial-input').value";
const CARET: &str = "document.querySelector('#dial-input').selectionStart";
const HINT: &str = "document.querySelector('#dial-hint').innerText";
const ERROR: &str = "document.querySelector('#dial-error').innerText";

/// As the DevTools protocol counts them.
const ALT: u32 = 1;
const CTRL: u32 = 2;
const SHIFT: u32 = 8;

/// Presses a key with others that are held; the browser does with it what it does with a key that a hand presses.
async fn chord(page: &Browser, held: u32, key: &str, code: &str) -> Result<()> {
    // The number that a key with this letter has in every layout.
    let number = code.strip_prefix("Key").and_then(|letter| letter.bytes().next()).unwrap_or_default();
    for kind in ["rawKeyDown", "keyUp"] {
        let press = json!({
            "type": kind, "modifiers": held, "key": key, "code": code, "windowsVirtualKeyCode": number
        });
        page.devtools("Input.dispatchKeyEvent", press).await?;
    }
    Ok(())
}

/// What an input method shows before it is taken.
async fn composes(page: &Browser, text: &str) -> Result<()> {
    let end = text.encode_utf16().count();
    let composition = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
    page.devtools("Input.imeSetComposition", composition).await.map(|_| ())
}

/// What comes at once: an input method's result, dictation, the clipboard of a keyboard.
async fn inserts(page: &Browser, text: &str) -> Result<()> {
    page.devtools("Input.insertText", json!({ "text": text })).await.map(|_| ())
}

async fn pastes(page: &Browser, text: &str) -> Result<()> {
    page.run(&format!(
        "const data = new DataTransfer(); data.setData('text/plain', {text:?}); \
         document.activeElement.dispatchEvent(new ClipboardEvent('paste', \
         {{ clipboardData: data, bubbles: true, cancelable: true }}));"
    ))
    .await
    .map(|_| ())
}

async fn shows(page: &Browser, number: &str) -> Result<()> {
    page.until(&format!("{number:?} in the field"), &format!("{FIELD} === {number:?}")).await.map(|_| ())
}

#[tokio::test]
async fn what_an_input_method_writes_is_its_own_until_it_is_done() {
    scenario("composition", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let page = &phone.browser;
        // A number on the sign-in page, too.
        page.see("#phone-number").await?.click().await?;
        let mut text = String::new();
        for sign in TOKYO.number.chars() {
            text.push(char::from_u32(sign as u32 + 0xfee0).unwrap_or(sign));
            composes(page, &text).await?;
            let written = format!("document.querySelector('#phone-number').value === {text:?}");
            ensure!(page.run(&format!("return {written}")).await? == true, "{text} was rewritten");
        }
        inserts(page, &text).await?;
        page.see("#passcode").await?.send_keys(TOKYO.passcode).await?;
        page.click("#sign-in-button").await?;
        phone.sees_status("registered").await?;

        page.see("#dial-input").await?.click().await?;
        let mut text = String::new();
        for sign in "０３１２３４５６７８".chars() {
            text.push(sign);
            composes(page, &text).await?;
            ensure!(page.run(&format!("return {FIELD}")).await? == text.as_str(), "{text} was rewritten");
        }
        inserts(page, &text).await?;
        shows(page, "03-1234-5678").await?;
        chord(page, CTRL, "z", "KeyZ").await?;
        shows(page, "").await?;

        // Whoever calls while it is still being composed means what is seen. All of the dial pad is in sight here: a Chromium that
        // ends a composition scrolls to it, away from under the pointer.
        page.look(1280, 900, false).await?;
        composes(page, "０３１２３４").await?;
        page.click("button[data-key='9']").await?;
        shows(page, "03-1234-9").await?;
        composes(page, "８").await?;
        page.click("#call-button").await?;
        page.until("the reason why not", &format!("{ERROR}.includes('too short')")).await?;
        shows(page, "03-1234-98").await?;

        // Dictation, and digits of other scripts.
        for (said, shown) in [
            ("call +65 6234 5678 please", "+65 6234 5678"),
            ("٠٣١٢٣٤٥٦٧٨", "03-1234-5678"),
            ("۰۳۱۲۳۴۵۶۷۸", "03-1234-5678"),
        ] {
            page.keys("\u{e00c}").await?;
            inserts(page, said).await?;
            shows(page, shown).await?;
        }
        page.keys("\u{e00c}٠٣۱۲").await?;
        shows(page, "03-12").await
    })
    .await;
}

#[tokio::test]
async fn a_paste_goes_where_the_caret_is_and_everything_can_be_undone() {
    scenario("paste", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let page = &phone.browser;
        page.see("#dial-input").await?.click().await?;
        page.keys("+44").await?;
        pastes(page, "20 7946 0958").await?;
        shows(page, "+44 20 7946 0958").await?;
        pastes(page, ",,123#").await?;
        shows(page, "+44 20 7946 0958 ,,123#").await?;
        chord(page, CTRL, "z", "KeyZ").await?;
        shows(page, "+44 20 7946 0958").await?;
        chord(page, CTRL, "z", "KeyZ").await?;
        shows(page, "+44").await?;
        chord(page, CTRL, "y", "KeyY").await?;
        shows(page, "+44 20 7946 0958").await?;
        // A whole number in place of a whole number; and back again.
        pastes(page, "03-1234-5678").await?;
        shows(page, "+81 3-1234-5678").await?;
        chord(page, CTRL, "z", "KeyZ").await?;
        shows(page, "+44 20 7946 0958").await?;
        chord(page, CTRL | SHIFT, "Z", "KeyZ").await?;
        shows(page, "+81 3-1234-5678").await?;

        // With Caps Lock, and on a Russian keyboard.
        chord(page, CTRL, "Z", "KeyZ").await?;
        shows(page, "+44 20 7946 0958").await?;
        chord(page, CTRL | SHIFT, "z", "KeyZ").await?;
        shows(page, "+81 3-1234-5678").await?;
        chord(page, CTRL, "я", "KeyZ").await?;
        shows(page, "+44 20 7946 0958").await?;
        chord(page, CTRL | SHIFT, "Я", "KeyZ").await?;
        shows(page, "+81 3-1234-5678").await?;

        // In place of what is selected, and the caret behind it.
        page.run("document.querySelector('#dial-input').setSelectionRange(6, 10)").await?;
        pastes(page, "99").await?;
        shows(page, "+81 3-9956-78").await?;
        page.until("the caret behind what was pasted", &format!("{CARET} === 8")).await?;
        // Escape clears, and can be undone, too.
        page.keys("\u{e00c}").await?;
        shows(page, "").await?;
        chord(page, CTRL, "z", "KeyZ").await?;
        shows(page, "+81 3-9956-78").await?;

        // What is pasted is understood, or asked about.
        page.keys("\u{e00c}").await?;
        pastes(page, "03-1234-5678 内線123").await?;
        shows(page, "+81 3-1234-5678 ,123").await?;
        page.until("what becomes of the extension", &format!("{HINT}.includes('内線123')")).await?;
        pastes(page, "03-1234-5678 or 090-1234-5678").await?;
        page.until("the question which one", &format!("{ERROR}.includes('more than one number')")).await?;
        shows(page, "+81 3-1234-5678 ,123").await?;
        pastes(page, "Tel: 03-1234-5678 Fax: 03-9876-5432").await?;
        shows(page, "+81 3-1234-5678").await?;
        page.until("no question any more", &format!("{ERROR} === ''")).await?;
        pastes(page, "1. +47 22 12 34 56").await?;
        shows(page, "+47 22 12 34 56").await?;
        phone.sees_no_call().await
    })
    .await;
}

#[tokio::test]
async fn a_link_says_its_country_however_it_is_written() {
    scenario("links_country", Options::default(), async |cast| {
        let phone = cast.person("Washington", 440).await?;
        phone.signs_in(WASHINGTON.number, WASHINGTON.passcode).await?;
        let page = &phone.browser;
        for (link, shown) in [
            ("tel:+6562345678", "+65 6234 5678"),
            ("+6562345678", "+65 6234 5678"),
            ("tel%3A%2B65%25206234%25205678", "+65 6234 5678"),
            ("%2B65+6234+5678", "+65 6234 5678"),
            ("tel:0791234567;phone-context=+41", "+41 79 123 45 67"),
            ("https://wa.me/6562345678", "+65 6234 5678"),
            ("tel:%EF%BC%8B%EF%BC%96%EF%BC%95-6234-5678", "+65 6234 5678"),
        ] {
            page.goto(&format!("{}?to={link}", cast.stack.url())).await?;
            phone.sees_status("registered").await?;
            shows(page, shown).await?;
        }
        page.goto(&format!("{}?to=tel:0312345678;phone-context=example.com", cast.stack.url())).await?;
        phone.sees_status("registered").await?;
        page.until("the question of which country", &format!("{ERROR}.includes('of which country')")).await?;
        shows(page, "").await?;
        phone.sees_no_call().await
    })
    .await;
}

#[tokio::test]
async fn signs_that_a_keyboard_writes_with_option_and_digits_of_any_script_are_keys() {
    scenario("option_keys", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let page = &phone.browser;
        page.run("document.activeElement.blur()").await?;
        page.keys("1").await?;
        chord(page, ALT, "#", "Digit3").await?;
        // A shortcut of the browser's.
        chord(page, ALT, "2", "Digit2").await?;
        page.keys("٣").await?;
        shows(page, "1#3").await?;

        phone.dials(MENU).await?;
        phone.sees_call("open").await?;
        chord(page, ALT, "#", "Digit3").await?;
        cast.stack.sees_keys("#").await?;
        chord(page, ALT, "5", "Digit5").await?;
        page.keys("٣۴５").await?;
        cast.stack.sees_keys("#345").await
    })
    .await;
}
