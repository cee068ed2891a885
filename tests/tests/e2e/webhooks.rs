use anyhow::{Result, ensure};
use e2e::PATIENCE;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO, WASHINGTON};
use emulator::webhook::signature;
use serde_json::Value;
use shared::api::paths;

fn form(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn nothing_happens_without_the_signature_for_this_very_url() {
    scenario("signatures", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let stack = &cast.stack;
        let sid = "CA00000000000000000000000000000bad";
        let client = stack.client_name(TOKYO.number).await?;
        let from = format!("client:{client}");
        let parameters = form(&[
            ("CallSid", sid),
            ("AccountSid", &stack.account().sid),
            ("From", &from),
            ("To", EXTERNAL),
            ("CallStatus", "ringing"),
            ("DialCallStatus", "completed"),
        ]);
        let good = |path: &str| {
            signature(&stack.account().auth_token, &format!("{}{path}", stack.url()), &parameters)
        };
        let elsewhere = signature(&stack.account().auth_token, "http://elsewhere.example/", &parameters);
        for path in [paths::CALL_INCOMING, paths::CALL_OUTGOING, paths::DIAL_ACTION, paths::CALL_STATUS] {
            let other =
                if path == paths::CALL_OUTGOING { paths::CALL_INCOMING } else { paths::CALL_OUTGOING };
            let forged = [
                None,
                Some("AAAA".to_owned()),
                Some(String::new()),
                Some(elsewhere.clone()),
                Some(good(other)),
            ];
            for signature in forged {
                let status = stack.post_form(path, &parameters, signature.as_deref()).await?;
                ensure!(status == 403, "{path} with {signature:?} answered {status}");
            }
        }
        let log = phone
            .browser
            .run(&format!("return fetch('{}/{sid}').then((r) => r.status)", paths::CALLS))
            .await?;
        ensure!(log == 404, "the call is in the log: {log}");

        // the same request with its own signature is believed
        let own = good(paths::CALL_OUTGOING);
        let status = stack.post_form(paths::CALL_OUTGOING, &parameters, Some(&own)).await?;
        ensure!(status == 200, "{status}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_browser_cannot_be_another_line() {
    scenario("impostor", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let washington = cast.stack.client_name(WASHINGTON.number).await?;

        // a token for somebody else
        let script = format!(
            "return fetch('{}', {{ method: 'POST', headers: {{ 'Content-Type': 'application/json' }}, \
             body: JSON.stringify({{ identity: '{washington}', client_name: '{washington}' }}) }}).then(async (r) => r.ok ? (await r.json()).token : null)",
            paths::TOKEN
        );
        if let Value::String(token) = phone.browser.run(&script).await? {
            ensure!(identity(&token)? != washington, "the server gave out Washington's token");
        }

        // a call in somebody else's name: what the browser sends along is only a wish
        let far = cast.stack.emulator().phone(EXTERNAL);
        let emulator = cast.stack.emulator().address();
        phone
            .browser
            .run(&format!(
                "return fetch('{path}', {{ method: 'POST' }}).then((r) => r.json()).then(async ({{ token }}) => {{ \
                 const names = ['incoming', 'outgoing', 'disconnect', ...Array.from('0123456789sh', (key) => 'dtmf' + key)]; \
                 const sounds = Object.fromEntries(names.map((name) => [name, 'sounds/silence.wav'])); \
                 window.impostor = new Twilio.Device(token, {{ chunderw: '{emulator}', sounds }}); \
                 await window.impostor.connect({{ params: {{ To: '{EXTERNAL}', From: 'client:{washington}', \
                 Caller: 'client:{washington}', CallerId: '{number}', callerId: '{number}', phone_number: '{number}' }} }}); }})",
                path = paths::TOKEN,
                number = WASHINGTON.number,
            ))
            .await?;
        let call = far.next_call(PATIENCE).await?;
        ensure!(call.from() == TOKYO.number, "the far phone shows {}", call.from());
        call.hang_up().await;
        Ok(())
    })
    .await;
}

/// `grants.identity` of an access token.
fn identity(token: &str) -> Result<String> {
    use base64::Engine;
    let payload = token.split('.').nth(1).unwrap_or_default();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload)?;
    let claims: Value = serde_json::from_slice(&claims)?;
    Ok(claims["grants"]["identity"].as_str().unwrap_or_default().to_owned())
}
