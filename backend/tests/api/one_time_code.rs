use backend::{
    lines::Credential,
    sign_in::{one_time_code, passcode},
};
use futures_util::future::join_all;
use secrecy::ExposeSecret;
use serde_json::json;
use shared::api::paths;

use crate::helpers::{LINE, PASSCODE, TestApp, refused};

const CHOSEN: &str = "horse of another colour";

/// Gives the line a one-time code that is good until then.
async fn give_code(app: &TestApp, expires_at: i64) -> String {
    let code = one_time_code::generate().unwrap();
    let hash = passcode::hash(&one_time_code::normalise(&code)).unwrap();
    let credential = Credential::OneTimeCode { hash, expires_at };
    assert!(app.server.store().set_credential(&app.line.phone_number, &credential).await.unwrap());
    code.expose_secret().to_owned()
}

#[tokio::test]
async fn a_code_lets_the_user_choose_a_passcode_once() {
    let app = TestApp::start().await;
    let code = give_code(&app, i64::MAX).await;
    refused(app.sign_in(LINE, PASSCODE).await, 401, "sign_in_refused").await;
    let choose = async |code: &str, new: &str| {
        app.post_json(paths::SESSION, &json!({"phone_number": LINE, "passcode": code, "new_passcode": new}))
            .await
    };
    // Asking what comes next, and choosing badly, leave the code as it is.
    refused(app.sign_in(LINE, &code).await, 403, "new_passcode_needed").await;
    let weak = refused(choose(&code, "12345678").await, 400, "passcode_too_weak").await;
    assert!(weak.contains("sequence"), "{weak}");
    refused(choose("aaaaa-aaaaa", CHOSEN).await, 401, "sign_in_refused").await;

    let response = choose(&code.to_uppercase().replace('-', " "), CHOSEN).await;
    assert_eq!(response.status(), 200);
    assert!(response.headers().contains_key("set-cookie"), "signed in at once");
    refused(choose(&code, CHOSEN).await, 401, "sign_in_refused").await;
    refused(app.sign_in(LINE, &code).await, 401, "sign_in_refused").await;
    assert_eq!(app.sign_in(LINE, CHOSEN).await.status(), 200);
    refused(choose(CHOSEN, "yet another one").await, 400, "bad_request").await;

    let log = app.audit_when(LINE, |log| log.len() == 7).await;
    let of =
        |wanted| log.iter().filter(|(kind, _)| kind == wanted).map(|(_, detail)| detail).collect::<Vec<_>>();
    assert_eq!((of("sign_in_refused").len(), of("passcode_chosen").len()), (4, 1), "{log:?}");
    assert!(of("signed_in")[0].contains("one-time code"), "{log:?}");
    assert!(!format!("{log:?}").contains(CHOSEN));
}

#[tokio::test]
async fn of_many_that_use_one_code_at_once_one_wins() {
    let app = TestApp::start().await;
    let code = give_code(&app, i64::MAX).await;
    let wishes = (0..5).map(|n| {
        let new = format!("horse of colour number {n}");
        let body = json!({"phone_number": LINE, "passcode": code, "new_passcode": new});
        let app = &app;
        async move { app.post_json(paths::SESSION, &body).await.status().as_u16() }
    });
    let mut statuses = join_all(wishes).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401, 401, 401]);
}

#[tokio::test]
async fn an_expired_code_and_a_line_without_a_passcode_are_refused_in_the_same_words() {
    let app = TestApp::start().await;
    let unknown = refused(app.sign_in("+819059876543", PASSCODE).await, 401, "sign_in_refused").await;
    let code = give_code(&app, 1_000).await;
    assert_eq!(refused(app.sign_in(LINE, &code).await, 401, "sign_in_refused").await, unknown);
    app.server.store().set_credential(&app.line.phone_number, &Credential::Nothing).await.unwrap();
    for secret in ["", PASSCODE] {
        assert_eq!(refused(app.sign_in(LINE, secret).await, 401, "sign_in_refused").await, unknown);
    }
    let log = app.audit_when(LINE, |log| log.len() == 3).await;
    let mut reasons: Vec<_> = log.into_iter().map(|(_, detail)| detail).collect();
    reasons.sort();
    assert_eq!(
        reasons,
        ["the line has no passcode", "the line has no passcode", "the one-time code has expired"]
    );
}
