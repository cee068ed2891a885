//! What the page refuses to run, whoever got it in.

use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};

/// Runs if anything of it is taken for HTML.
const HOSTILE: &str = "<img src=x onerror=\"window.stolen=1\"><script>window.stolen=2</script>";

/// Twilio lets nobody call by such a name (nor does the emulator), so the signaling is falsified on its last yard, where
/// the SDK reads it.
fn falsify() -> String {
    let number = EXTERNAL.trim_start_matches('+');
    format!(
        "const honest = JSON.parse; JSON.parse = (text, ...rest) => honest(String(text)\
           .replaceAll(/(\\+|%2B){number}/g, JSON.stringify({HOSTILE:?}).slice(1, -1)), ...rest);"
    )
}

#[tokio::test]
async fn a_caller_s_name_is_text() {
    scenario("hostile_caller", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.browser.in_every_page(&falsify()).await?;
        phone.browser.reload().await?;
        phone.sees_status("registered").await?;
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        let shown = phone.browser.text("#call-peer").await?;
        ensure!(!shown.contains("9059876543"), "nothing was falsified: {shown:?}");
        phone
            .browser
            .until("the whole name", &format!("document.body.innerText.includes({HOSTILE:?})"))
            .await?;
        let parsed = "return document.querySelector('#app img, #app script') !== null";
        ensure!(phone.browser.run(parsed).await? == false, "the name became HTML");
        ensure!(phone.browser.run("return window.stolen === undefined").await? == true, "the name ran");
        phone.answers().await?;
        phone.sees_call("open").await?;
        ensure!(phone.browser.run(parsed).await? == false, "the name became HTML");
        call.hang_up().await;
        phone.sees_call("ended").await?;
        ensure!(phone.browser.run("return window.stolen === undefined").await? == true, "the name ran");
        Ok(())
    })
    .await;
}

/// The second line of defence: were a text ever taken for HTML, the browser would not run it.
#[tokio::test]
async fn a_script_that_got_into_the_page_does_not_run() {
    scenario("injected_script", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let injected = "const stranger = document.createElement('div'); \
             stranger.innerHTML = '<img src=\"x:\" onerror=\"window.stolen = 1\">'; \
             const script = document.createElement('script'); script.textContent = 'window.stolen = 2'; \
             const far = document.createElement('script'); far.src = 'http://127.0.0.1:9/far.js'; \
             document.body.append(stranger, script, far);";
        let refusals = "window.refusals = []; document.addEventListener('securitypolicyviolation', \
             (event) => window.refusals.push(event.effectiveDirective + ' ' + event.blockedURI));";
        phone.browser.run(&format!("{refusals} {injected}")).await?;
        for refused in ["script-src-attr inline", "script-src-elem inline", "script-src-elem http"] {
            let noticed = format!("window.refusals.some((refusal) => refusal.startsWith({refused:?}))");
            phone.browser.until(&format!("{refused} to be refused"), &noticed).await?;
        }
        // Later, for what the driver runs itself may evaluate texts.
        for way in ["eval('1')", "new Function('return 1')()"] {
            let tries = format!("try {{ {way}; window.ran = 'yes' }} catch {{ window.ran = 'no' }}");
            phone.browser.run(&format!("window.ran = ''; setTimeout(() => {{ {tries} }})")).await?;
            ensure!(phone.browser.until("an outcome", "window.ran").await? == "no", "{way} ran");
        }
        let sent = "return fetch('http://127.0.0.1:9/').then(() => true, () => false)";
        ensure!(phone.browser.run(sent).await? == false, "a stranger could be told");
        ensure!(phone.browser.run("return window.stolen === undefined").await? == true, "it ran");

        // The scenario would fail over these lines; that they are there shows that it would.
        let console = phone.browser.console().await?;
        ensure!(
            console.iter().any(|line| line.contains("Content Security Policy")),
            "no word in {console:#?}"
        );
        phone.browser.requests().await?;
        // and the phone goes on
        let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        call.hang_up().await;
        phone.sees_call("ended").await
    })
    .await;
}
