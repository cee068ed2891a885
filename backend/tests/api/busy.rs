//! A second caller is told at once that the line is busy, and its user learns of it.

use backend::{calls::call::CallReport, dialling::limits::DialLimits};
use serde_json::{Value, json};
use shared::api::{CallDirection, CallOutcome, paths};

use crate::helpers::{CHILD, LINE, OTHER_LINE, PARENT, TestApp, refused};

fn now_s() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    since.as_secs() as i64
}

const SECOND: &str = "CA00000000000000000000000000000011";
const THIRD: &str = "CA00000000000000000000000000000012";
const BUSY: &str = "<Response><Reject reason=\"busy\"/></Response>";

async fn calls(app: &TestApp, sid: &str, from: &str) -> String {
    app.twiml(paths::CALL_INCOMING, &[("CallSid", sid), ("From", from), ("To", LINE)]).await
}

async fn progress(app: &TestApp, status: &str) {
    let to = format!("client:{}", app.line.client_name);
    let params = [
        ("CallSid", CHILD),
        ("ParentCallSid", PARENT),
        ("From", "+819059876543"),
        ("To", to.as_str()),
        ("CallStatus", status),
    ];
    assert_eq!(app.twilio(paths::CALL_STATUS, &params).send().await.unwrap().status(), 204);
}

async fn missed(app: &TestApp, cookie: &str, after: &str) -> Value {
    let response = app.get(&format!("{}{after}", paths::MISSED_CALLS), cookie).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["cache-control"]),
        (200, &"no-store".parse().unwrap())
    );
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn a_second_caller_hears_at_once_that_the_line_is_busy() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    let before = missed(&app, &cookie, "").await;
    assert_eq!((&before["calls"], &before["ringing"]), (&json!([]), &json!(false)));
    assert!(calls(&app, PARENT, "+819059876543").await.contains("<Dial"));
    for status in ["initiated", "ringing", "in-progress"] {
        progress(&app, status).await;
        assert!(calls(&app, SECOND, "+442079460958").await.ends_with(BUSY), "{status}");
    }
    assert!(calls(&app, PARENT, "+819059876543").await.contains("<Dial"), "asked for again");
    let told = missed(&app, &cookie, "?after=0").await;
    assert_eq!(told["calls"].as_array().unwrap().len(), 1, "{told}");
    let call = &told["calls"][0];
    assert_eq!(
        (&call["call_sid"], &call["peer"], &call["busy"]),
        (&json!(SECOND), &json!("+442079460958"), &json!(true))
    );
    let first = missed(&app, &cookie, "").await;
    assert_eq!(first["calls"], told["calls"], "a browser that asks for the first time, since it signed in");
    progress(&app, "completed").await;
    assert!(calls(&app, THIRD, "+442079460958").await.contains("<Dial"), "free again");

    // Another line's, no line's, and no moment.
    let other = app.session_of(OTHER_LINE).await;
    assert_eq!(missed(&app, &other, "?after=0").await["calls"], json!([]));
    refused(app.get(paths::MISSED_CALLS, "").await, 401, "signed_out").await;
    for nonsense in ["", "yesterday", "1e9", "99999999999999999999", "%00"] {
        let asked = app.get(&format!("{}?after={nonsense}", paths::MISSED_CALLS), &cookie).await;
        assert!(refused(asked, 400, "bad_request").await.contains("1700000000"), "{nonsense}");
    }
}

#[tokio::test]
async fn while_one_rings_the_moment_to_ask_from_does_not_pass_it() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    calls(&app, PARENT, "+819059876543").await;
    let rings = missed(&app, &cookie, "").await;
    assert_eq!(rings["ringing"], true);
    progress(&app, "no-answer").await;
    let told = missed(&app, &cookie, &format!("?after={}", rings["until"])).await;
    assert_eq!(told["calls"][0]["call_sid"], CHILD, "the name that the softphone knows it by");
    assert_eq!((&told["calls"][0]["busy"], &told["ringing"]), (&json!(false), &json!(false)));
}

#[tokio::test]
async fn a_line_that_calls_a_busy_line_is_told_so_and_keeps_its_minutes_and_its_place() {
    let app = TestApp::start().await;
    assert!(calls(&app, PARENT, "+819059876543").await.contains("<Dial"));
    let from = format!("client:{}", app.other_line.client_name);
    for sid in [SECOND, THIRD, "CA00000000000000000000000000000013"] {
        let dialled = [("CallSid", sid), ("From", from.as_str()), ("To", LINE)];
        assert!(app.twiml(paths::CALL_OUTGOING, &dialled).await.ends_with(BUSY));
        let record = app.call(&app.session_of(OTHER_LINE).await, sid).await;
        assert_eq!(record["outcome"]["status"], "busy");
        assert_eq!(app.call(&app.session_of(LINE).await, sid).await["outcome"]["status"], "busy");
    }
    let limits =
        DialLimits { calls_at_once: 2, line_minutes: 9, server_minutes: 9, longest_s: 300, ringing_s: 30 };
    let usage = app.server.store().dial_usage(OTHER_LINE, &limits, now_s()).await.unwrap();
    assert_eq!((usage.calls, usage.line_s), (0, 0));
    // Who is refused is not on the phone.
    let params =
        [("CallSid", "CA00000000000000000000000000000014"), ("From", "+819059876543"), ("To", OTHER_LINE)];
    assert!(app.twiml(paths::CALL_INCOMING, &params).await.contains("<Dial"));
}

/// Otherwise it would be busy for hours: the report of the end came while the server was away.
#[tokio::test]
async fn a_call_whose_end_nobody_reported_keeps_no_line_busy_for_ever() {
    let app = TestApp::start().await;
    let long_ago = CallReport {
        outcome: CallOutcome::InProgress,
        ..CallReport::ringing(PARENT, &app.line, CallDirection::Incoming, "+819059876543", 1_000)
    };
    app.server.store().report_call(&long_ago).await.unwrap();
    assert!(calls(&app, SECOND, "+442079460958").await.contains("<Dial"));
}
