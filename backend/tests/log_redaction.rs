//! Everything that can be logged, at the most talkative level, while secrets pass through: none of them is in it.
//! A program of its own, because the log is the process's.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, outside the functions that clippy takes for tests"
)]

#[path = "api/databases.rs"]
mod databases;
#[path = "api/helpers.rs"]
#[expect(dead_code, reason = "shared with the tests of the HTTP surface, which use all of it")]
mod helpers;
#[path = "helpers/log.rs"]
mod log;

use backend::config;
use helpers::{API_KEY_SECRET, AUTH_TOKEN, CHILD, LINE, PARENT, PASSCODE, TestApp, settings};
use log::Log;
use reqwest::header;
use serde_json::Value;
use shared::api::paths;
use tracing_subscriber::EnvFilter;

/// Of a third party.
const CALLER: &str = "+819059876543";
const CALLER_DIGITS: &str = "9059876543";
const WRONG_PASSCODE: &str = "battery staple";
const QUERY: &str = "secretly-in-the-query";
const WRONG_TOKEN: &str = "fedcba9876543210fedcba9876543210";

#[tokio::test]
async fn no_secret_reaches_the_log() {
    let log = Log::default();
    log.listens(EnvFilter::new("trace"));

    // a configuration with secrets where they do not belong
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("sidetone.toml");
    let wrong = format!(
        "bind = \"{WRONG_TOKEN}\"\n[twilio]\nauth_tokn = \"{WRONG_TOKEN}\"\naccount_sid = \"{WRONG_TOKEN}\"\n"
    );
    std::fs::write(&file, wrong).unwrap();
    let faults = config::load(Some(&file)).unwrap_err();
    tracing::error!("{faults}");
    tracing::error!("{faults:?}");

    let settings = settings();
    tracing::info!("{settings:?}");
    let app = TestApp::start_with(settings).await;
    tracing::info!(marker = "the log is heard");

    assert_eq!(app.sign_in(LINE, WRONG_PASSCODE).await.status(), 401);
    assert_eq!(app.sign_in(CALLER, WRONG_PASSCODE).await.status(), 401);
    assert_eq!(app.sign_in(WRONG_PASSCODE, LINE).await.status(), 401);
    let cookie = app.session_of(LINE).await;
    let session = cookie.split_once('=').unwrap().1.to_owned();
    let token = app.client.post(app.url(paths::TOKEN)).header(header::COOKIE, &cookie).send().await.unwrap();
    let token: Value = serde_json::from_str(&token.text().await.unwrap()).unwrap();
    let token = token["token"].as_str().unwrap().to_owned();

    let incoming = [("CallSid", PARENT), ("From", CALLER), ("To", LINE), ("CallerName", "A person")];
    app.twiml(paths::CALL_INCOMING, &incoming).await;
    let genuine = helpers::sign(&app.url(paths::CALL_INCOMING), &incoming);
    let client = format!("client:{}", app.line.client_name);
    app.twiml(paths::CALL_OUTGOING, &[("CallSid", CHILD), ("From", &client), ("To", CALLER)]).await;
    app.twiml(paths::CALL_OUTGOING, &[("CallSid", CHILD), ("From", &client), ("To", WRONG_PASSCODE)]).await;
    let over = [
        ("CallSid", PARENT),
        ("DialCallSid", CHILD),
        ("From", CALLER),
        ("To", LINE),
        ("DialCallStatus", "busy"),
    ];
    app.twiml(paths::DIAL_ACTION, &over).await;
    app.twilio(paths::CALL_STATUS, &[("CallSid", CHILD), ("To", CALLER), ("CallStatus", "x")])
        .send()
        .await
        .unwrap();

    // refused ones
    let forged = format!("{}?number={QUERY}", app.url(paths::CALL_INCOMING));
    let signature = helpers::sign("http://elsewhere.example.com/", &[]);
    let request = app.client.get(&forged).header("X-Twilio-Signature", &signature);
    assert_eq!(request.send().await.unwrap().status(), 403);
    let unsigned = app.posted(paths::CALL_INCOMING, &[("From", CALLER), ("Secret", QUERY)]);
    assert_eq!(unsigned.send().await.unwrap().status(), 403);
    app.get(&format!("api/session?{QUERY}"), &cookie).await;
    app.get(&format!("some/page?{QUERY}"), "").await;
    app.post_json(paths::SESSION, &serde_json::json!({ "passcode": WRONG_PASSCODE, "x": QUERY })).await;
    app.client.delete(app.url(paths::SESSION)).header(header::COOKIE, &cookie).send().await.unwrap();
    app.server.stop().await;

    let text = log.text();
    assert!(text.contains("the log is heard"), "nothing is captured");
    assert!(text.contains("X-Twilio-Signature"), "the refusal is told");
    for (what, secret) in [
        ("auth token", AUTH_TOKEN),
        ("API key secret", API_KEY_SECRET),
        ("a secret in the wrong place", WRONG_TOKEN),
        ("passcode", PASSCODE),
        ("wrong passcode", WRONG_PASSCODE),
        ("passcode's hash", "$argon2id$"),
        ("session", &session),
        ("access token", &token),
        ("access token's signature", token.rsplit('.').next().unwrap()),
        ("query", QUERY),
        ("forged signature", &signature),
        ("genuine signature", &genuine),
        ("caller", CALLER_DIGITS),
    ] {
        let lines: Vec<_> = text.lines().filter(|line| line.contains(secret)).collect();
        assert!(lines.is_empty(), "{what} is in the log:\n{}", lines.join("\n"));
    }
}
