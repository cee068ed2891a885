//! What the user thinks of a call, kept with its record.

use serde_json::{Value, json};
use shared::api::paths;

use crate::helpers::{CHILD, LINE, OTHER_LINE, PARENT, TestApp, refused};

fn rating_of(call: &str) -> String {
    format!("{}/{call}/{}", paths::CALLS, paths::RATING)
}

async fn called(app: &TestApp) {
    let from = format!("client:{}", app.line.client_name);
    let params = [("CallSid", PARENT), ("From", &from), ("To", "+819059876543")];
    app.twiml(paths::CALL_OUTGOING, &params).await;
}

#[tokio::test]
async fn a_rating_is_in_the_record_and_can_be_changed() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    called(&app).await;
    assert_eq!(app.call(&cookie, PARENT).await["rating"], Value::Null);
    for (rating, kept) in [
        (json!({"score": 5}), json!({"score": 5, "issue": null})),
        (json!({"score": 2, "issue": "choppy-audio"}), json!({"score": 2, "issue": "choppy-audio"})),
        (json!({"score": 1, "issue": null}), json!({"score": 1, "issue": null})),
    ] {
        assert_eq!(app.post_as(&cookie, &rating_of(PARENT), &rating).await.status(), 204);
        assert_eq!(app.call(&cookie, PARENT).await["rating"], kept);
    }
}

#[tokio::test]
async fn only_the_lines_own_calls_can_be_rated() {
    let app = TestApp::start().await;
    called(&app).await;
    let rating = json!({"score": 1});
    let (own, other) = (app.session_of(LINE).await, app.session_of(OTHER_LINE).await);
    refused(app.post_as(&other, &rating_of(PARENT), &rating).await, 404, "not_found").await;
    for call in [CHILD, "CA1", "%00", "..%2f"] {
        refused(app.post_as(&own, &rating_of(call), &rating).await, 404, "not_found").await;
    }
    refused(app.post_as("", &rating_of(PARENT), &rating).await, 401, "signed_out").await;
    assert_eq!(app.call(&own, PARENT).await["rating"], Value::Null);
}

#[tokio::test]
async fn what_is_no_rating_is_refused() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    called(&app).await;
    for wrong in [
        json!({"score": 0}),
        json!({"score": 6}),
        json!({"score": 4.5}),
        json!({"score": "5"}),
        json!({"score": -1}),
        json!({"issue": "echo"}),
        json!({"score": 2, "issue": "the caller"}),
        json!({"score": 2, "comment": "text"}),
        json!([]),
    ] {
        refused(app.post_as(&cookie, &rating_of(PARENT), &wrong).await, 400, "bad_request").await;
    }
    assert_eq!(app.call(&cookie, PARENT).await["rating"], Value::Null);
}
