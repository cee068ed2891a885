//! The server behind a real proxy, with TLS and a path prefix.

use anyhow::{Result, ensure};
use e2e::PATIENCE;
use e2e::authority::Authority;
use e2e::hearing::hears_tone;
use e2e::installation::Installation;
use e2e::proxy::{Manners, PREFIX, Proxy};
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};
use emulator::webhook::signature;
use reqwest::StatusCode;
use shared::api::paths;

const AUTH_TOKEN: &str = "0123456789abcdef0123456789abcdef";
const API_KEY_SECRET: &str = "abcdefghijklmnopqrstuvwxyz012345";
/// Nobody's: the answer is TwiML that says so.
const FORM: [(&str, &str); 2] = [("CallSid", "CA00000000000000000000000000000001"), ("To", "+12025550199")];

fn installation(port: u16) -> Result<Installation> {
    let url = Proxy::public_url(port);
    let installation = Installation::new(&url, &[])?;
    let settings = format!(
        "public_url = \"{url}\"\n[twilio]\naccount_sid = \"AC00000000000000000000000000000001\"\n\
         auth_token = \"{AUTH_TOKEN}\"\napi_key_sid = \"SK00000000000000000000000000000001\"\n\
         api_key_secret = \"{API_KEY_SECRET}\"\napplication_sid = \"AP00000000000000000000000000000001\"\n"
    );
    std::fs::write(installation.path("sidetone.toml"), settings)?;
    Ok(installation)
}

/// Posts the form to this URL, signed for it as Twilio signs; gives the answer's status.
async fn post(client: &reqwest::Client, url: &str) -> Result<StatusCode> {
    let form = FORM.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let signed = client.post(url).header("X-Twilio-Signature", signature(AUTH_TOKEN, url, &form));
    Ok(signed.form(&form).send().await?.status())
}

#[tokio::test]
async fn a_signature_is_good_whether_the_proxy_keeps_the_prefix_or_strips_it() -> Result<()> {
    let authority = Authority::new()?;
    let client = authority.client()?;
    for manners in [Manners::KeepsPrefix, Manners::StripsPrefix] {
        let (port, own) = (Installation::free_port()?, Installation::free_port()?);
        let installation = installation(port)?;
        let serving = installation.serve(own).await?;
        let proxy = Proxy::start(port, ([127, 0, 0, 1], own).into(), manners, &authority).await?;
        let url = format!("{}/{}", installation.public_url(), paths::CALL_INCOMING);
        ensure!(post(&client, &url).await? == StatusCode::OK, "{manners:?}: {}", serving.log());
        ensure!(
            post(&client, &format!("{url}?a=1&b=%2Fc&a=2")).await? == StatusCode::OK,
            "{manners:?}: a query"
        );

        let page = client.get(proxy.origin() + PREFIX).header("Accept", "text/html").send().await?;
        ensure!(page.status() == StatusCode::OK, "{manners:?}: {}", page.status());
        ensure!(page.headers().contains_key("strict-transport-security"), "{manners:?}: no HSTS");
        ensure!(
            page.text().await?.contains("<base href=\"/prod/\""),
            "{manners:?}: the page has another base"
        );
        proxy.stop().await?;
        serving.stop().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_proxy_that_spoils_what_was_signed_is_named_in_the_log() -> Result<()> {
    let authority = Authority::new()?;
    let client = authority.client()?;
    for (manners, asked) in [
        (Manners::RenamesPrefix, format!("/phone/{}", paths::CALL_INCOMING)),
        (Manners::DropsQuery, format!("{PREFIX}/{}?line=secretly", paths::CALL_INCOMING)),
    ] {
        let (port, own) = (Installation::free_port()?, Installation::free_port()?);
        let installation = installation(port)?;
        let serving = installation.serve(own).await?;
        let proxy = Proxy::start(port, ([127, 0, 0, 1], own).into(), manners, &authority).await?;
        let status = post(&client, &(proxy.origin() + &asked)).await?;
        let log = serving.log();
        ensure!(status == StatusCode::FORBIDDEN, "{manners:?} answered {status}: {log}");
        let assumed = format!("{}/{}", installation.public_url(), paths::CALL_INCOMING);
        ensure!(log.contains(&assumed), "{manners:?}: {assumed} is not in {log}");
        for secret in [AUTH_TOKEN, API_KEY_SECRET, "secretly", "2025550199"] {
            ensure!(!log.contains(secret), "{manners:?}: {secret} is in {log}");
        }
        proxy.stop().await?;
        serving.stop().await?;
    }
    Ok(())
}

/// The page and the SDK find Twilio under its own names, with TLS, and nothing is told that this is a test.
#[tokio::test]
async fn calls_each_way_work_through_nginx_with_tls_and_a_prefix() {
    for (name, manners) in
        [("nginx_keeps_prefix", Manners::KeepsPrefix), ("nginx_strips_prefix", Manners::StripsPrefix)]
    {
        let options = Options { behind_nginx: Some(manners), ..Options::default() };
        scenario(name, options, async |cast| {
            let phone = cast.person("Tokyo", 440).await?;
            phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
            let shim = "return window.emulatorShim === undefined && location.href.endsWith('/prod/')";
            ensure!(phone.browser.run(shim).await? == true, "this is the demo");
            phone.hears_itself(440.0).await?;
            phone.is_done().await?;

            let call = cast.stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
            phone.answers().await?;
            call.wait_answered(PATIENCE).await?;
            call.plays_tone(660.0).await;
            hears_tone(&call, 440.0).await?;
            phone.hears_tone(660.0).await?;
            call.hang_up().await;
            phone.sees_end("completed").await?;

            let asked = phone.browser.requests().await?;
            for part in
                ["wss://voice-js.", "/prod/sounds/incoming.wav", "https://eventgw.", "/prod/api/session"]
            {
                ensure!(asked.iter().any(|url| url.contains(part)), "{part} is not among {asked:#?}");
            }
            Ok(())
        })
        .await;
    }
}
