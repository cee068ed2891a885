use shared::api::paths;

use crate::helpers::{CHILD, LINE, OTHER_LINE, PARENT, TestApp, refused};

#[tokio::test]
async fn an_outgoing_call_from_dialling_to_its_end() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    let from = format!("client:{}", app.line.client_name);
    let number = "+819059876543";
    app.twiml(paths::CALL_OUTGOING, &[("CallSid", PARENT), ("From", &from), ("To", number)]).await;
    assert_eq!(app.call(&cookie, PARENT).await["outcome"]["status"], "ringing");

    for (status, told) in
        [("in-progress", "in_progress"), ("completed", "completed"), ("ringing", "completed")]
    {
        let progress = [
            ("CallSid", CHILD),
            ("ParentCallSid", PARENT),
            ("From", LINE),
            ("To", number),
            ("CallStatus", status),
            ("CallDuration", "7"),
        ];
        assert_eq!(app.twilio(paths::CALL_STATUS, &progress).send().await.unwrap().status(), 204);
        assert_eq!(app.call(&cookie, PARENT).await["outcome"]["status"], told, "after {status}");
    }
    let action = [
        ("CallSid", PARENT),
        ("From", from.as_str()),
        ("To", number),
        ("DialCallSid", CHILD),
        ("DialCallStatus", "completed"),
        ("DialCallDuration", "7"),
    ];
    for _ in 0..2 {
        assert!(app.twiml(paths::DIAL_ACTION, &action).await.contains("<Response><Hangup/></Response>"));
    }
    let record = app.call(&cookie, PARENT).await;
    assert_eq!((record["direction"].as_str(), record["peer"].as_str()), (Some("outgoing"), Some(number)));
    assert_eq!(record["duration_s"], 7);
}

#[tokio::test]
async fn an_incoming_call_is_found_by_the_sid_that_the_softphone_knows() {
    let app = TestApp::start().await;
    let caller = "+819059876543";
    app.twiml(paths::CALL_INCOMING, &[("CallSid", PARENT), ("From", caller), ("To", LINE)]).await;
    let to = format!("client:{}", app.line.client_name);
    let ringing = [
        ("CallSid", CHILD),
        ("ParentCallSid", PARENT),
        ("From", caller),
        ("To", to.as_str()),
        ("CallStatus", "ringing"),
    ];
    app.twilio(paths::CALL_STATUS, &ringing).send().await.unwrap();
    for (status, words) in [("no-answer", "cannot answer"), ("busy", "is busy")] {
        let action = [
            ("CallSid", PARENT),
            ("From", caller),
            ("To", LINE),
            ("DialCallSid", CHILD),
            ("DialCallStatus", status),
        ];
        let twiml = app.twiml(paths::DIAL_ACTION, &action).await;
        assert!(twiml.contains(words) && twiml.contains("<Hangup/>"), "{twiml}");
    }
    let cookie = app.session_of(LINE).await;
    let record = app.call(&cookie, CHILD).await;
    assert_eq!(record["outcome"]["status"], "busy");
    assert_eq!((record["direction"].as_str(), record["peer"].as_str()), (Some("incoming"), Some(caller)));

    let other = app.session_of(OTHER_LINE).await;
    for sid in [CHILD, PARENT, "CA1", "%00", "..%2f"] {
        refused(app.get(&format!("{}/{sid}", paths::CALLS), &other).await, 404, "not_found").await;
    }
    refused(app.get(&format!("{}/{CHILD}", paths::CALLS), "").await, 401, "signed_out").await;
}

#[tokio::test]
async fn a_call_between_two_lines_is_in_both_logs() {
    let app = TestApp::start().await;
    let from = format!("client:{}", app.line.client_name);
    app.twiml(paths::CALL_OUTGOING, &[("CallSid", PARENT), ("From", &from), ("To", OTHER_LINE)]).await;
    let to = format!("client:{}", app.other_line.client_name);
    let progress = [
        ("CallSid", CHILD),
        ("ParentCallSid", PARENT),
        ("From", LINE),
        ("To", to.as_str()),
        ("CallStatus", "canceled"),
    ];
    app.twilio(paths::CALL_STATUS, &progress).send().await.unwrap();
    let caller = app.call(&app.session_of(LINE).await, PARENT).await;
    let callee = app.call(&app.session_of(OTHER_LINE).await, CHILD).await;
    assert_eq!((caller["direction"].as_str(), caller["peer"].as_str()), (Some("outgoing"), Some(OTHER_LINE)));
    assert_eq!((callee["direction"].as_str(), callee["peer"].as_str()), (Some("incoming"), Some(LINE)));
    assert_eq!(caller["outcome"]["status"], "canceled");
    assert_eq!(callee["outcome"]["status"], "canceled");
}
