//! An admin looks after the lines in the page, and whoever is invited has a phone with three clicks.

use anyhow::{Result, ensure};
use e2e::scenario::{Cast, scenario};
use e2e::softphone::Softphone;
use e2e::stack::{Options, TOKYO, WASHINGTON};

use crate::accessibility::{is_for_everybody, speaks};

const SAN_FRANCISCO: &str = "+14155550198";
const CHOSEN: &str = "horse of another colour";
const ESCAPE: &str = "\u{e00c}";

/// Number and code are filled in, and nowhere in the address.
async fn is_invited(phone: &Softphone) -> Result<()> {
    phone.sees("#invited").await?;
    let filled = "return [document.querySelector('#phone-number').value, location.hash, \
         document.querySelector('#passcode').value.length]";
    let filled = phone.browser.run(filled).await?;
    ensure!(filled == serde_json::json!(["+1 415-555-0198", "", 10]), "{filled}");
    Ok(())
}

#[tokio::test]
async fn an_admin_adds_a_line_and_who_is_invited_calls() {
    scenario("admin", Options::default(), async |cast| {
        cast.stack.makes_admin(TOKYO.number).await?;
        let admin = cast.person("admin", 440).await?;
        admin.signs_in(TOKYO.number, TOKYO.passcode).await?;
        admin.opens_admin().await?;
        // The number is used anew.
        admin.toggles_line(SAN_FRANCISCO).await?;
        admin.scrolls_and_clicks("#remove-14155550198").await?;
        admin.scrolls_and_clicks("#remove-14155550198-question-yes").await?;
        admin.browser.see_no("#line-14155550198").await?;
        let link = admin.invites("+1 (415) 555-0198", "Front desk").await?;
        ensure!(link.starts_with(&format!("{}#invite=14155550198-", cast.stack.url())), "{link}");
        admin.scrolls_and_clicks("#copy-invitation").await?;
        admin.browser.until("the link to be copied", "document.querySelector('#copied').innerText").await?;

        // In a page that is open already, and in one that opens with it.
        let guest = cast.person("guest", 550).await?;
        guest.sees("#sign-in").await?;
        guest.browser.goto(&link).await?;
        is_invited(&guest).await?;
        guest.browser.goto("about:blank").await?;
        guest.browser.goto(&link).await?;
        is_invited(&guest).await?;
        guest.browser.click("#sign-in-button").await?;
        guest.chooses_passcode(CHOSEN, CHOSEN).await?;
        guest.browser.click("#choose-button").await?;
        guest.sees_status("registered").await?;
        ensure!(guest.browser.run("return document.querySelector('#admin-button')").await?.is_null());
        guest.hears_itself(550.0).await?;
        guest.is_done().await?;
        // Once more it is worth nothing, and who is signed in is told so.
        guest.browser.look(390, 844, false).await?;
        guest.browser.goto(&link).await?;
        guest.sees("#notice .notice-words").await?;
        // It does not lie over the way out.
        guest.browser.click("#sign-out-button").await?;
        is_invited(&guest).await?;
        guest.browser.click("#sign-in-button").await?;
        guest.sees("#sign-in-error").await?;
        let words = guest.browser.text("#sign-in-error").await?;
        ensure!(words.contains("has been used"), "{words}");

        admin.scrolls_and_clicks("#invitation-done").await?;
        admin.scrolls_and_clicks("#admin-audit").await?;
        for kind in ["line_removed", "line_added", "passcode_chosen"] {
            admin.sees(&format!(".audit-entry[data-kind={kind}]")).await?;
        }
        let by = admin.browser.text(".audit-entry[data-kind=line_added] .audit-facts").await?;
        ensure!(by.contains("Front desk") && by.contains("by Tokyo"), "{by}");
        admin.browser.keys(ESCAPE).await?;
        admin.browser.see_no("#admin").await?;
        admin.browser.until("the focus back", "document.activeElement.id === 'admin-button'").await?;
        admin.sees_status("registered").await
    })
    .await;
}

#[tokio::test]
async fn an_admin_changes_a_line_and_gives_up_the_right_with_a_clear_word() {
    let options = Options { token_lifetime_s: 8, ..Options::default() };
    scenario("admin_changes", options, async |cast| {
        cast.stack.makes_admin(TOKYO.number).await?;
        let other = cast.person("other", 550).await?;
        other.signs_in(WASHINGTON.number, WASHINGTON.passcode).await?;
        let admin = cast.person("admin", 440).await?;
        admin.signs_in(TOKYO.number, TOKYO.passcode).await?;
        admin.opens_admin().await?;

        admin.toggles_line(WASHINGTON.number).await?;
        let calls = admin.browser.see("#calls-12025550143").await?;
        calls.send_keys("many").await?;
        admin.scrolls_and_clicks("#save-12025550143").await?;
        admin.sees("#line-form-error").await?;
        admin.browser.see("#calls-12025550143").await?.clear().await?;
        admin.browser.see("#calls-12025550143").await?.send_keys("1").await?;
        admin.browser.see("#label-12025550143").await?.send_keys(" office").await?;
        admin.scrolls_and_clicks("#save-12025550143").await?;
        admin.browser.until("it to be saved", "document.querySelector('.saved').innerText").await?;
        let name = admin.browser.text("#line-12025550143 .admin-line-name").await?;
        ensure!(name == "Washington office", "{name}");
        // What somebody else does meanwhile stays, also where it is not in sight yet.
        for (right, typed) in [(true, "s"), (false, "!")] {
            cast.stack.sets_admin(WASHINGTON.number, right).await?;
            admin.browser.see("#label-12025550143").await?.send_keys(typed).await?;
            admin.scrolls_and_clicks("#save-12025550143").await?;
            let badge = "#line-12025550143 .badge[data-kind=brand]";
            if right { admin.sees(badge).await? } else { admin.browser.see_no(badge).await? }
        }
        admin.sees(".admin-line .device").await?;
        admin.scrolls_and_clicks("#everywhere-12025550143").await?;
        admin.scrolls_and_clicks("#everywhere-12025550143-question-yes").await?;
        admin.browser.see_no(".admin-line .device").await?;
        other.sees("#sign-in").await?;

        admin.toggles_line(TOKYO.number).await?;
        admin.scrolls_and_clicks("#right-815031234567").await?;
        admin.scrolls_and_clicks("#save-815031234567").await?;
        admin.scrolls_and_clicks("#last-815031234567-no").await?;
        admin.sees("#right-815031234567:checked").await?;
        admin.scrolls_and_clicks("#right-815031234567").await?;
        admin.scrolls_and_clicks("#save-815031234567").await?;
        admin.scrolls_and_clicks("#last-815031234567-yes").await?;
        admin.sees("#admin-trouble").await?;
        let words = admin.browser.text("#admin-trouble").await?;
        ensure!(words.contains("no admin"), "{words}");
        admin.browser.reload().await?;
        admin.sees_status("registered").await?;
        ensure!(admin.browser.run("return document.querySelector('#admin-button')").await?.is_null());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_admins_page_keeps_nobody_out() {
    scenario("accessible_admin", Options::default(), async |cast| every_screen(cast, "en").await).await;
}

#[tokio::test]
async fn the_admins_page_keeps_nobody_out_in_japanese() {
    scenario("accessible_admin_japanese", Options::default(), async |cast| every_screen(cast, "ja").await)
        .await;
}

async fn every_screen(cast: &mut Cast, language: &str) -> Result<()> {
    cast.stack.makes_admin(TOKYO.number).await?;
    cast.stack.one_time_code(WASHINGTON.number).await?;
    let phone = cast.person("admin", 440).await?;
    speaks(&phone, language).await?;
    phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
    phone.opens_admin().await?;
    is_for_everybody(&phone, "lines").await?;
    phone.toggles_line(WASHINGTON.number).await?;
    phone.scrolls_and_clicks("#remove-12025550143").await?;
    phone.scrolls_and_clicks("#code-12025550143").await?;
    phone.sees("#code-12025550143-question-no").await?;
    is_for_everybody(&phone, "a line").await?;
    phone.scrolls_and_clicks("#code-12025550143-question-yes").await?;
    phone.invitation().await?;
    is_for_everybody(&phone, "an invitation").await?;
    phone.browser.run("document.documentElement.dir = 'rtl'").await?;
    is_for_everybody(&phone, "an invitation from right to left").await?;
    phone.browser.run("document.documentElement.dir = 'ltr'").await?;
    phone.toggles_line(TOKYO.number).await?;
    phone.scrolls_and_clicks("#right-815031234567").await?;
    phone.scrolls_and_clicks("#save-815031234567").await?;
    phone.sees("#last-815031234567-no").await?;
    phone.scrolls_and_clicks("#add-line").await?;
    phone.scrolls_and_clicks("#add-line-save").await?;
    phone.sees("#add-line-error").await?;
    is_for_everybody(&phone, "a new line").await?;
    phone.scrolls_and_clicks("#admin-audit").await?;
    phone.sees(".audit-entry").await?;
    is_for_everybody(&phone, "the audit log").await?;
    phone.tabs_to("admin-close").await
}
