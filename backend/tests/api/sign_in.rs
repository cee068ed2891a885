use reqwest::header;
use shared::api::paths;

use crate::helpers::{LINE, PASSCODE, TestApp, refused, settings};

#[tokio::test]
async fn signs_in_tells_who_and_signs_out() {
    let app = TestApp::start().await;
    let nobody = app.get(paths::SESSION, "").await;
    assert_eq!((nobody.status().as_u16(), nobody.text().await.unwrap().as_str()), (200, "null"));

    let response = app.sign_in("050-3123-4567", PASSCODE).await;
    assert_eq!(response.status(), 200);
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/;", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "plain http on this machine: {cookie}");
    assert_eq!(response.text().await.unwrap(), format!(r#"{{"phone_number":"{LINE}"}}"#));

    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(app.get(paths::SESSION, cookie).await.status(), 200);
    let out = app.client.delete(app.url(paths::SESSION)).header(header::COOKIE, cookie).send().await.unwrap();
    assert_eq!(out.status(), 204);
    assert_eq!(app.get(paths::SESSION, cookie).await.text().await.unwrap(), "null");
    refused(app.get(paths::DEVICES, cookie).await, 401, "signed_out").await;
}

#[tokio::test]
async fn a_wrong_passcode_and_an_unknown_number_are_refused_in_the_same_words() {
    let app = TestApp::start().await;
    let wrong = refused(app.sign_in(LINE, "wrong horse").await, 401, "sign_in_refused").await;
    for number in ["+819059876543", "", "not a number", "<script>", &"9".repeat(10_000)] {
        let unknown = refused(app.sign_in(number, PASSCODE).await, 401, "sign_in_refused").await;
        assert_eq!(unknown, wrong);
    }
}

#[tokio::test]
async fn another_sites_page_cannot_sign_anybody_in_or_out() {
    let app = TestApp::start().await;
    let stranger = reqwest::Client::new();
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        let request = stranger.delete(app.url(paths::SESSION)).header(name, value);
        refused(request.send().await.unwrap(), 403, "forbidden").await;
    }
    // No word is no proof.
    let request = stranger.delete(app.url(paths::SESSION));
    refused(request.send().await.unwrap(), 403, "forbidden").await;
    let ours = app.server.public_url().origin();
    let request = stranger.delete(app.url(paths::SESSION)).header("origin", ours);
    assert_eq!(request.send().await.unwrap().status(), 204);
}

#[tokio::test]
async fn expired_and_invented_sessions_are_nobodys() {
    let mut short = settings();
    short.session_lifetime_s = 0;
    let app = TestApp::start_with(short).await;
    let ended = app.session_of(LINE).await;
    let foreign = format!("sidetone_session={}", "a".repeat(64));
    for cookie in [ended.as_str(), &foreign, "sidetone_session=", "other=1"] {
        refused(app.get(paths::DEVICES, cookie).await, 401, "signed_out").await;
    }
}

#[tokio::test]
async fn behind_tls_and_a_prefix_the_cookie_says_so() {
    let mut settings = settings();
    settings.public_url = backend::config::PublicUrl::parse("https://phone.example.com/prod").unwrap();
    let app = TestApp::start_with(settings).await;
    for prefix in ["", "/prod"] {
        let url = format!("http://{}{prefix}/{}", app.server.address(), paths::SESSION);
        let body = format!(r#"{{"phone_number":"{LINE}","passcode":"{PASSCODE}"}}"#);
        let request = app.client.post(url).header("content-type", "application/json").body(body);
        let response = request.send().await.unwrap();
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.contains("Secure") && cookie.contains("Path=/prod/"), "{cookie}");
    }
}
