use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{ECHO, MENU, Options, TOKYO, WASHINGTON};

const FIELD: &str = "document.querySelector('#dial-input').value";
const COUNTRY: &str = "document.querySelector('#dial-country-code').innerText";

#[tokio::test]
async fn a_number_is_grouped_while_it_is_typed_and_its_country_named() {
    scenario("formatting", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let page = &phone.browser;
        page.until("the line's own country", &format!("{COUNTRY} === 'JP +81'")).await?;
        page.keys("0312").await?;
        page.until("the beginning of a number of Tokyo", &format!("{FIELD} === '03-12'")).await?;
        page.keys("345678").await?;
        page.until("a number of Tokyo", &format!("{FIELD} === '03-1234-5678'")).await?;
        // Escape clears
        page.keys("\u{e00c}+4420").await?;
        page.until("London", &format!("{COUNTRY} === 'GB +44' && {FIELD} === '+44 20'")).await?;
        let named = "document.querySelector('#dial-country option').textContent === 'United Kingdom'";
        page.until("its country by name, for screen readers", named).await?;

        // From the keyboard, by the country's name, as in any list of the browser.
        page.keys("\u{e00c}4155552671").await?;
        page.until("the list", "document.querySelector('#dial-country').focus() || true").await?;
        page.keys("united states").await?;
        page.until("the chosen country", &format!("{COUNTRY} === 'US +1'")).await?;
        page.until("the same number, of that country", &format!("{FIELD} === '(415) 555-2671'")).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn backspace_deletes_one_digit_and_held_all_of_them() {
    scenario("backspace", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let page = &phone.browser;
        let digits = "document.querySelector('#dial-input').value.replace(/\\D/g, '')";
        page.keys("0123456789").await?;
        page.click("#backspace-button").await?;
        page.until("one digit less", &format!("{digits} === '012345678'")).await?;

        // Let go in the middle: the rest stays, whatever is done next.
        page.holds("#backspace-button").await?;
        page.until("several less", &format!("{digits}.length < 7")).await?;
        page.lets_go().await?;
        let left = page.run(&format!("return {digits}")).await?;
        page.keys("5").await?;
        page.click("button[data-key='6']").await?;
        page.click("button[data-key='7']").await?;
        let all = format!("{}567", left.as_str().unwrap_or_default());
        page.until("what was left, and the new keys", &format!("{digits} === '{all}'")).await?;

        // The pointer leaves the button, or the user leaves the page.
        for gone in ["pointerleave", "pointercancel", "blur"] {
            page.keys("\u{e00c}012345678").await?;
            page.holds("#backspace-button").await?;
            page.until("one less", &format!("{digits}.length < 9")).await?;
            let at = if gone == "blur" { "window" } else { "document.querySelector('#backspace-button')" };
            let left = page.run(&format!("{at}.dispatchEvent(new Event('{gone}')); return {digits}")).await?;
            page.click("button[data-key='6']").await?;
            page.click("button[data-key='7']").await?;
            let all = format!("{}67", left.as_str().unwrap_or_default());
            page.until(&format!("the rest after {gone}"), &format!("{digits} === '{all}'")).await?;
            page.lets_go().await?;
        }

        page.holds("#backspace-button").await?;
        page.until("an empty field", &format!("{digits} === ''")).await?;
        page.lets_go().await?;
        // The hold is over with the last digit; the next press is one.
        page.keys("12").await?;
        page.click("#backspace-button").await?;
        page.until("one digit", &format!("{digits} === '1'")).await.map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn a_link_brings_a_number_and_dials_nothing() {
    scenario("links", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        let page = &phone.browser;
        // Nobody is signed in yet; the number waits.
        page.goto(&format!("{}?to=tel%3A%2B1-212-555-0115%3Bext%3D12", cast.stack.url())).await?;
        page.see("#sign-in").await?;
        page.until("the address without the number", "location.search === ''").await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        page.until("the number of the link", &format!("{FIELD} === '+1 212-555-0115 ,12'")).await?;
        phone.sees_no_call().await?;
        page.reload().await?;
        phone.sees_status("registered").await?;
        page.until("an empty field", &format!("{FIELD} === ''")).await?;

        for (link, shown) in [
            ("+12125550115", "+1 212-555-0115"),
            ("%3Cscript%3Ealert(1)%3C/script%3E", "1"),
            ("javascript:alert()", ""),
        ] {
            page.goto(&format!("{}?to={link}", cast.stack.url())).await?;
            phone.sees_status("registered").await?;
            page.until("what is left of the link", &format!("{FIELD} === '{shown}'")).await?;
            phone.sees_no_call().await?;
        }
        ensure!(cast.stack.emulator().calls().is_empty(), "a link has dialled");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn keys_sound_unless_they_are_told_not_to() {
    scenario("key_tones", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let page = &phone.browser;
        page.run(
            "window.tones = 0; const make = AudioContext.prototype.createOscillator; \
             AudioContext.prototype.createOscillator = function () { window.tones += 1; return make.call(this); };",
        )
        .await?;
        page.click("button[data-key='5']").await?;
        page.until("the two tones of a key", "window.tones === 2").await?;
        page.click("#settings-button").await?;
        page.click("#key-tones").await?;
        page.click("#settings-close").await?;
        page.click("button[data-key='6']").await?;
        page.until("both keys", &format!("{FIELD} === '56'")).await?;
        page.until("silence", "window.tones === 2").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn keys_behind_the_number_are_sent_when_the_call_is_open() {
    scenario("sequence", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(&format!("{MENU},12;34#")).await?;
        phone.sees_call("open").await?;
        phone.sees("#sequence[data-state='asking']").await?;
        cast.stack.sees_keys("12").await?;
        let page = &phone.browser;
        ensure!(page.text("#sequence-sent").await? == ",12", "what is sent is marked");
        ensure!(page.text("#sequence-rest").await? == ";34#", "what follows is shown");
        page.click("#sequence-skip").await?;
        phone.sees("#sequence[data-state='over']").await?;
        cast.stack.sees_keys("1234#").await?;
        phone.hangs_up().await?;
        phone.sees_end("completed").await?;

        // Called again, it is sent again; stopped, it is not.
        page.click("#call-again-button").await?;
        phone.sees("#sequence[data-state='asking']").await?;
        cast.stack.sees_keys("1234#12").await?;
        page.click("#sequence-stop").await?;
        phone.sees("#sequence[data-state='over']").await?;
        phone.hangs_up().await?;
        phone.is_done().await?;
        // Call on an empty field brings the number back, with its keys.
        page.click("#call-button").await?;
        page.until("number and keys", &format!("{FIELD} === '+1 212-555-0115 ,12;34#'")).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_far_end_has_a_country_a_time_and_perhaps_a_name() {
    scenario("far_end", Options::default(), async |cast| {
        let tokyo = cast.person("Tokyo", 440).await?;
        tokyo.signs_in(TOKYO.number, TOKYO.passcode).await?;
        tokyo.dials(ECHO).await?;
        tokyo.sees_call("open").await?;
        ensure!(tokyo.browser.text("#far-end-country").await? == "United States");
        // What the clocks show in New York, whatever this machine's do.
        let new_york =
            "new Date().toLocaleTimeString('en', { timeZone: 'America/New_York', timeStyle: 'short' })";
        tokyo
            .browser
            .until(
                "the time there",
                &format!("document.querySelector('#far-end-time').innerText.includes({new_york})"),
            )
            .await?;
        tokyo.hangs_up().await?;
        tokyo.is_done().await?;

        let washington = cast.person("Washington", 880).await?;
        washington.signs_in(WASHINGTON.number, WASHINGTON.passcode).await?;
        tokyo.dials(WASHINGTON.number).await?;
        washington.sees_call("incoming").await?;
        ensure!(washington.browser.text("#far-end-country").await? == "Japan");
        ensure!(!washington.browser.text("#far-end-name").await?.is_empty(), "the line's label");
        tokyo.hangs_up().await?;
        washington.sees_end("canceled").await?;
        Ok(())
    })
    .await;
}
