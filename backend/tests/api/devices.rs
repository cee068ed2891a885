use serde_json::{Value, json};
use shared::api::paths;

use crate::helpers::{LINE, OTHER_LINE, PASSCODE, TestApp, refused, settings};

const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

async fn sign_in(app: &TestApp, user_agent: &str) -> String {
    let (status, cookies) = app.sign_in_from(LINE, "", user_agent).await;
    assert_eq!(status, 200);
    cookies[0].clone()
}

async fn devices(app: &TestApp, cookie: &str) -> Vec<Value> {
    let response = app.get(paths::DEVICES, cookie).await;
    assert_eq!(response.status(), 200);
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn a_lines_devices_are_listed_and_signed_out_one_by_one_or_all() {
    let app = TestApp::start().await;
    let other = app.session_of(OTHER_LINE).await;
    let (laptop, desktop) = (sign_in(&app, CHROME).await, sign_in(&app, FIREFOX).await);
    let third = sign_in(&app, "").await;
    let listed = devices(&app, &laptop).await;
    assert_eq!(listed.len(), 3, "{listed:?}");
    let of = |name: &str| listed.iter().find(|device| device["name"] == name).unwrap().clone();
    assert_eq!(of("Chrome on Windows")["current"], true);
    let firefox = of("Firefox on Linux");
    assert_eq!(firefox["current"], false);
    assert!(firefox["signed_in_at"].as_i64() <= firefox["last_seen_at"].as_i64());
    let text = format!("{listed:?}");
    for cookie in [&laptop, &desktop] {
        assert!(!text.contains(cookie.split('=').nth(1).unwrap()), "the secret is not told");
    }

    let path = format!("{}/{}", paths::DEVICES, firefox["id"].as_str().unwrap());
    refused(app.delete_as(&other, &path).await, 404, "not_found").await;
    refused(app.delete_as("", &path).await, 401, "signed_out").await;
    assert_eq!(app.delete_as(&laptop, &path).await.status(), 204);
    refused(app.get(paths::DEVICES, &desktop).await, 401, "signed_out").await;
    refused(app.delete_as(&laptop, &path).await, 404, "not_found").await;

    let all = app.delete_as(&laptop, paths::DEVICES).await;
    assert!(all.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    for cookie in [&laptop, &third] {
        refused(app.get(paths::DEVICES, cookie).await, 401, "signed_out").await;
    }
    assert_eq!(devices(&app, &other).await.len(), 1, "another line's device stays");
    let log = app.audit(LINE).await;
    assert_eq!(log.iter().filter(|(kind, _)| kind == "devices_signed_out").count(), 2, "{log:?}");
}

#[tokio::test]
async fn a_new_passcode_signs_out_the_other_devices() {
    let app = TestApp::start().await;
    let (own, stolen) = (sign_in(&app, CHROME).await, sign_in(&app, FIREFOX).await);
    let change = async |cookie: &str, old: &str, new: &str| {
        app.post_as(cookie, paths::PASSCODE, &json!({"passcode": old, "new_passcode": new})).await
    };
    refused(change("", PASSCODE, "another horse").await, 401, "signed_out").await;
    refused(change(&own, "wrong horse", "another horse").await, 401, "sign_in_refused").await;
    let weak = refused(change(&own, PASSCODE, LINE).await, 400, "passcode_too_weak").await;
    assert!(weak.contains("phone number"), "{weak}");
    assert_eq!(app.get(paths::SESSION, &stolen).await.status(), 200);

    assert_eq!(change(&own, PASSCODE, "another horse").await.status(), 204);
    assert_eq!(app.get(paths::SESSION, &own).await.status(), 200);
    refused(app.get(paths::DEVICES, &stolen).await, 401, "signed_out").await;
    refused(app.sign_in(LINE, PASSCODE).await, 401, "sign_in_refused").await;
    assert_eq!(app.sign_in(LINE, "another horse").await.status(), 200);
    let log = app.audit(LINE).await;
    assert!(log.contains(&("passcode_changed".into(), "by the user".into())), "{log:?}");
    assert!(!format!("{log:?}").contains("another horse"));
}

/// Whoever has the session only cannot guess the passcode at leisure.
#[tokio::test]
async fn wrong_present_passcodes_are_counted() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    let guess = async |passcode: &str| {
        let body = json!({"passcode": passcode, "new_passcode": "another horse"});
        app.post_as(&cookie, paths::PASSCODE, &body).await
    };
    for _ in 0..10 {
        refused(guess("wrong horse").await, 401, "sign_in_refused").await;
    }
    refused(guess(PASSCODE).await, 429, "too_many_requests").await;
}

#[tokio::test]
async fn a_session_gets_a_new_name_at_every_sign_in() {
    let app = TestApp::start().await;
    let (_, first) = app.sign_in_from(LINE, "", CHROME).await;
    let (_, second) = app.sign_in_from(LINE, &first.join("; "), CHROME).await;
    assert_ne!(first[0], second[0]);
    assert_eq!(first[1], second[1], "the browser stays the same one");
    refused(app.get(paths::DEVICES, &first[0]).await, 401, "signed_out").await;
    let planted = format!("sidetone_session={0}; sidetone_device={0}", "a".repeat(64));
    let (_, third) = app.sign_in_from(LINE, &planted, CHROME).await;
    assert!(third.iter().all(|cookie| !cookie.contains("aaaa")), "what was planted is not taken: {third:?}");
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends() {
    let mut short = settings();
    short.sign_in.session_idle_s = 0;
    let app = TestApp::start_with(short).await;
    let cookie = app.session_of(LINE).await;
    refused(app.get(paths::DEVICES, &cookie).await, 401, "signed_out").await;
}

#[tokio::test]
async fn a_token_does_not_outlive_its_session() {
    let mut short = settings();
    short.session_lifetime_s = 400;
    let app = TestApp::start_with(short).await;
    let cookie = app.session_of(LINE).await;
    let response = app.post_as(&cookie, paths::TOKEN, &json!({})).await;
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    let lifetime_s = body["lifetime_s"].as_i64().unwrap();
    assert!((300..=400).contains(&lifetime_s), "{lifetime_s}");
}
