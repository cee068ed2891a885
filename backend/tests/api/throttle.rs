//! Brute force: strangers are stopped, owners are not.

use futures_util::{StreamExt, stream};
use reqwest::header;
use serde_json::json;
use shared::api::paths;

use crate::helpers::{LINE, OTHER_LINE, PASSCODE, TestApp, refused};

/// A try from that address, as a trusted proxy on this host reports it.
async fn try_from(app: &TestApp, address: &str, number: &str, passcode: &str) -> u16 {
    let request = app.client.post(app.url(paths::SESSION)).header("x-forwarded-for", address);
    let body = json!({"phone_number": number, "passcode": passcode}).to_string();
    let request = request.header(header::CONTENT_TYPE, "application/json").body(body);
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn too_many_failures_are_stopped() {
    let app = TestApp::start().await;
    for _ in 0..10 {
        refused(app.sign_in(LINE, "wrong horse").await, 401, "sign_in_refused").await;
    }
    refused(app.sign_in("050-3123-4567", PASSCODE).await, 429, "too_many_requests").await;
    assert_eq!(app.sign_in(OTHER_LINE, PASSCODE).await.status(), 200, "other lines are not affected");
    let log = app.audit_when(LINE, |log| log.len() == 11).await;
    let kinds: Vec<_> = log.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "sign_in_throttled").count(), 1, "{kinds:?}");

    // The limit does not tell which numbers are lines.
    for _ in 0..10 {
        refused(app.sign_in("+819059876543", PASSCODE).await, 401, "sign_in_refused").await;
    }
    refused(app.sign_in("+819059876543", PASSCODE).await, 429, "too_many_requests").await;
}

#[tokio::test]
async fn strangers_do_not_lock_the_owner_out() {
    let app = TestApp::start().await;
    let (_, cookies) = app.sign_in_from(LINE, "", "").await;
    let device = &cookies[1];
    for n in 0..12 {
        try_from(&app, &format!("203.0.113.{n}"), LINE, "wrong horse").await;
    }
    refused(app.sign_in(LINE, PASSCODE).await, 429, "too_many_requests").await;
    let (status, _) = app.sign_in_from(LINE, device, "").await;
    assert_eq!(status, 200, "the browser is known");
    let (status, _) = app.sign_in_from(LINE, &format!("sidetone_device={}", "a".repeat(64)), "").await;
    assert_eq!(status, 429, "this one is not");

    // A stolen browser has an allowance, not a licence.
    let guess = async || {
        let body = json!({"phone_number": LINE, "passcode": "wrong horse"});
        app.post_as(device, paths::SESSION, &body).await.status().as_u16()
    };
    for _ in 0..10 {
        assert_eq!(guess().await, 401);
    }
    assert_eq!(guess().await, 429);
}

#[tokio::test]
async fn an_address_that_tries_many_numbers_is_stopped() {
    let app = TestApp::start().await;
    for n in 0..30 {
        assert_eq!(try_from(&app, "203.0.113.9", &format!("+8190598765{n:02}"), PASSCODE).await, 401);
    }
    assert_eq!(try_from(&app, "203.0.113.9", LINE, PASSCODE).await, 429);
    assert_eq!(try_from(&app, "198.51.100.7", LINE, PASSCODE).await, 200);
}

/// All at once, from as many addresses: no more guesses than the limit get through, nobody waits for ever, the owner gets
/// in, and the store does not grow with it.
#[tokio::test]
async fn thousands_of_tries_from_many_addresses() {
    const TRIES: usize = 2_000;
    let app = TestApp::start().await;
    let (_, cookies) = app.sign_in_from(LINE, "", "").await;
    let tries = (0..TRIES).map(|n| {
        let (app, address) = (&app, format!("198.18.{}.{}", n / 250, n % 250));
        async move { try_from(app, &address, LINE, "wrong horse").await }
    });
    let flood = stream::iter(tries).buffer_unordered(200).collect::<Vec<_>>();
    let owner = async {
        let mut statuses = Vec::new();
        for _ in 0..5 {
            statuses.push(app.sign_in_from(LINE, &cookies[1], "").await.0);
        }
        statuses
    };
    let (statuses, owner) = tokio::join!(flood, owner);
    let count = |status| statuses.iter().filter(|s| **s == status).count();
    assert!((1..=10).contains(&count(401)), "guesses that were looked at: {}", count(401));
    assert_eq!(count(401) + count(429) + count(503), TRIES);
    assert_eq!(owner, [200; 5]);
    assert_eq!(app.get(paths::HEALTH, "").await.status(), 200);
    let refusals =
        |log: &[(String, String)]| log.iter().filter(|(kind, _)| kind == "sign_in_refused").count();
    let log = app.audit_when(LINE, |log| refusals(log) >= count(401)).await;
    assert_eq!(refusals(&log), count(401));
}
