use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use reqwest::header;
use serde_json::Value;
use shared::api::paths;

use crate::helpers::{LINE, TestApp, refused, settings};

#[tokio::test]
async fn only_for_who_is_signed_in_and_only_as_that_line() {
    let app = TestApp::start().await;
    refused(app.client.post(app.url(paths::TOKEN)).send().await.unwrap(), 401, "signed_out").await;

    let cookie = app.session_of(LINE).await;
    let request = app
        .client
        .post(format!("{}?identity={}", app.url(paths::TOKEN), app.other_line.client_name))
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .body(format!(r#"{{"identity":"{}"}}"#, app.other_line.client_name));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(body["phone_number"], "+815031234567");
    assert_eq!(body["lifetime_s"], 900);
    assert_eq!(body["signaling"]["edges"][0], "roaming");
    assert!(body["signaling"].get("emulator").is_none());
    let claims = body["token"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(claims["grants"]["identity"], app.line.client_name.as_str());
}

#[tokio::test]
async fn the_emulator_is_named_where_there_is_one() {
    let app = TestApp::start().await;
    refused(app.get(paths::EMULATOR_SHIM, "").await, 404, "not_found").await;
    assert_eq!(app.get(paths::DEMO, "").await.text().await.unwrap(), "null");

    let mut settings = settings();
    settings.signaling_emulator = Some("127.0.0.1:8081".into());
    let app = TestApp::start_with(settings).await;
    let script = app.get(paths::EMULATOR_SHIM, "").await.text().await.unwrap();
    assert!(script.contains("const host = \"127.0.0.1:8081\";"), "{script}");
    let cookie = app.session_of(LINE).await;
    let request = app.client.post(app.url(paths::TOKEN)).header(header::COOKIE, cookie);
    let body: Value = serde_json::from_str(&request.send().await.unwrap().text().await.unwrap()).unwrap();
    assert_eq!(body["signaling"]["emulator"]["host"], "127.0.0.1:8081");
}
