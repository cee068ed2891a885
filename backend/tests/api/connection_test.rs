//! A test of the connection: the SDK's preflight, which calls with no parameters.

use shared::api::paths;

use crate::{
    dial_policy::{MOBILE, dials, settings_with},
    helpers::{LINE, PARENT, TestApp, refused},
};

async fn tests(app: &TestApp, call_sid: &str, to: Option<&str>) -> String {
    let from = format!("client:{}", app.line.client_name);
    let mut params = vec![("CallSid", call_sid), ("From", from.as_str())];
    params.extend(to.map(|to| ("To", to)));
    app.twiml(paths::CALL_OUTGOING, &params).await
}

#[tokio::test]
async fn it_is_answered_for_a_few_seconds_and_logged_as_no_call() {
    let app = TestApp::start().await;
    for to in [None, Some("")] {
        let twiml = tests(&app, PARENT, to).await;
        assert!(twiml.contains(r#"</Say><Pause length="8"/><Hangup/></Response>"#), "{twiml}");
    }
    let cookie = app.session_of(LINE).await;
    refused(app.get(&format!("{}/{PARENT}", paths::CALLS), &cookie).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_call_that_names_nobody_is_no_test() {
    let app = TestApp::start().await;
    let from = format!("client:{}", app.line.client_name);
    let attempt = "AT00000000000000000000000000000001";
    let params = [("CallSid", PARENT), ("From", &from), ("To", ""), ("Attempt", attempt)];
    let twiml = app.twiml(paths::CALL_OUTGOING, &params).await;
    assert!(twiml.contains("not a valid phone number"), "{twiml}");
    let record = app.call(&app.session_of(LINE).await, PARENT).await;
    assert_eq!(record["outcome"]["reason"], "invalid_number");
}

#[tokio::test]
async fn it_takes_a_minute_of_the_line_and_none_of_its_calls_at_once() {
    let app = TestApp::start_with(settings_with(|dial| {
        dial.calls_at_once = 1;
        dial.minutes_per_day = 3;
    }))
    .await;
    let sid = |i: u32| format!("CA{i:032x}");
    for i in [1, 2, 2] {
        assert!(tests(&app, &sid(i), None).await.contains("<Pause"));
    }
    let twiml = dials(&app, 3, MOBILE).await;
    assert!(twiml.contains(r#"timeLimit="60""#), "{twiml}");
    let twiml = tests(&app, &sid(4), None).await;
    assert!(twiml.contains("used its minutes") && !twiml.contains("<Pause"), "{twiml}");
}

#[tokio::test]
async fn strangers_cannot_run_one() {
    let app = TestApp::start().await;
    let twiml =
        app.twiml(paths::CALL_OUTGOING, &[("CallSid", PARENT), ("From", "client:line_of_nobody")]).await;
    assert!(twiml.contains("not known to the server") && !twiml.contains("<Pause"), "{twiml}");
}
