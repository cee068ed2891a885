//! Brute force: strangers are stopped, owners are not.

use backend::{
    lines::Credential,
    sign_in::{one_time_code, passcode},
};
use futures_util::{StreamExt, stream};
use reqwest::{Response, header};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use shared::api::paths;

use crate::helpers::{LINE, OTHER_LINE, PASSCODE, TestApp, refused};

/// A try from that address, as a trusted proxy on this host reports it.
async fn try_from(app: &TestApp, address: &str, number: &str, passcode: &str) -> u16 {
    asked_from(app, address, &json!({"phone_number": number, "passcode": passcode})).await.status().as_u16()
}

async fn asked_from(app: &TestApp, address: &str, body: &Value) -> Response {
    let request = app.client.post(app.url(paths::SESSION)).header("x-forwarded-for", address);
    let request = request.header(header::CONTENT_TYPE, "application/json").body(body.to_string());
    request.send().await.unwrap()
}

/// What a 429 says: the seconds, the same in header and body; whether a one-time code helps; the words.
async fn wait_of(answer: Response) -> (u32, bool, String) {
    assert_eq!(answer.status(), 429);
    let header: u32 = answer.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(body["code"], "too_many_requests");
    assert_eq!(body["wait"]["seconds"], header, "{body}");
    let helps = body["wait"]["one_time_code"].as_bool().unwrap();
    (header, helps, body["message"].as_str().unwrap().to_owned())
}

/// Gives the line a one-time code, as an operator does.
async fn give_code(app: &TestApp) -> String {
    let code = one_time_code::generate().unwrap();
    let hash = passcode::hash(&one_time_code::normalise(&code)).unwrap();
    let credential = Credential::OneTimeCode { hash, expires_at: i64::MAX };
    assert!(app.server.store().set_credential(&app.line.phone_number, &credential).await.unwrap());
    code.expose_secret().to_owned()
}

/// Strangers try the line from many addresses until its count is full.
async fn fill_count_of(app: &TestApp, number: &str) {
    for n in 0..10 {
        assert_eq!(try_from(app, &format!("203.0.113.{n}"), number, "wrong horse").await, 401);
    }
    assert_eq!(try_from(app, "203.0.113.77", number, "wrong horse").await, 429);
}

#[tokio::test]
async fn a_one_time_code_lets_the_owner_in_whatever_strangers_have_tried() {
    let app = TestApp::start().await;
    let code = give_code(&app).await;
    fill_count_of(&app, LINE).await;
    let answer = asked_from(&app, "198.51.100.7", &json!({"phone_number": LINE, "passcode": PASSCODE})).await;
    let (seconds, helps, words) = wait_of(answer).await;
    assert!((1..=300).contains(&seconds) && helps, "{seconds}");
    assert!(words.contains("in about") && words.contains("one-time code"), "{words}");

    assert_eq!(try_from(&app, "198.51.100.7", LINE, &code).await, 403, "it asks for a passcode");
    let chosen = "horse of another colour";
    let wish = json!({"phone_number": LINE, "passcode": code.to_uppercase(), "new_passcode": chosen});
    assert_eq!(asked_from(&app, "198.51.100.7", &wish).await.status(), 200);
    // The code is used up, and passcodes must wait as before.
    assert_eq!(try_from(&app, "198.51.100.7", LINE, &code).await, 429);
    assert_eq!(try_from(&app, "198.51.100.7", LINE, chosen).await, 429);
}

/// Past the limit a wrong code is answered as a wrong passcode is, whether the line has a code, a passcode or is none; and a
/// passcode that looks like a code is not looked at.
#[tokio::test]
async fn what_looks_like_a_code_tells_nothing_and_guesses_no_passcode() {
    let app = TestApp::start().await;
    let store = app.server.store();
    let hash = |text: &str| passcode::hash(&text.to_owned().into()).unwrap();
    let like_a_code = Credential::Passcode { hash: hash("basketbaii") };
    store.set_credential(&app.other_line.phone_number, &like_a_code).await.unwrap();
    give_code(&app).await;
    let mut words = Vec::new();
    for number in [LINE, OTHER_LINE, "+819059876543"] {
        fill_count_of(&app, number).await;
        for typed in ["k3fmz-9qaxe", "basketbaii", "another one"] {
            let body = json!({"phone_number": number, "passcode": typed});
            let (_, helps, said) = wait_of(asked_from(&app, "198.51.100.7", &body).await).await;
            assert!(helps, "{number} {typed}");
            words.push(said.split("in about").next().unwrap().to_owned());
        }
    }
    words.dedup();
    assert_eq!(words.len(), 1, "{words:?}");
    let log = app.audit_when(LINE, |log| log.len() == 11).await;
    assert_eq!(log.len(), 11, "what is past the limit fills no audit log: {log:?}");
}

/// In the owner's own browser, too, where a passcode was forgotten.
#[tokio::test]
async fn a_one_time_code_helps_in_a_browser_that_has_no_tries_left() {
    let app = TestApp::start().await;
    let (_, cookies) = app.sign_in_from(LINE, "", "").await;
    let ask = async |typed: &str| {
        let body = json!({"phone_number": LINE, "passcode": typed});
        app.post_as(&cookies[1], paths::SESSION, &body).await
    };
    for _ in 0..10 {
        assert_eq!(ask("wrong horse").await.status(), 401);
    }
    let (_, helps, words) = wait_of(ask(PASSCODE).await).await;
    assert!(helps && words.contains("one-time code"), "{words}");
    let code = give_code(&app).await;
    assert_eq!(ask(&code).await.status(), 403);
}

#[tokio::test]
async fn the_count_of_an_address_holds_up_codes_as_well_and_says_so() {
    let app = TestApp::start().await;
    let code = give_code(&app).await;
    for n in 0..30 {
        let typed = if n % 2 == 0 { "k3fmz-9qaxe" } else { "wrong horse" };
        assert_eq!(try_from(&app, "192.0.2.9", &format!("+8190598765{n:02}"), typed).await, 401);
    }
    let body = json!({"phone_number": LINE, "passcode": code});
    let (seconds, helps, words) = wait_of(asked_from(&app, "192.0.2.9", &body).await).await;
    assert!((1..=300).contains(&seconds) && !helps, "{words}");
    assert!(words.contains("network") && !words.contains("one-time code"), "{words}");
    assert_eq!(try_from(&app, "198.51.100.7", LINE, &code).await, 403);

    // Past the line's limit each wrong code still counts for the address.
    fill_count_of(&app, LINE).await;
    for _ in 0..29 {
        let body = json!({"phone_number": LINE, "passcode": "k3fmz-9qaxe"});
        let answer = asked_from(&app, "198.51.100.8", &body).await;
        assert!(wait_of(answer).await.1);
    }
    for (helps, typed) in [(true, "k3fmz-9qaxe"), (false, &code)] {
        let body = json!({"phone_number": LINE, "passcode": typed});
        assert_eq!(wait_of(asked_from(&app, "198.51.100.8", &body).await).await.1, helps);
    }
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
