use emulator::{CallStatus, EndReason, PhoneCallStatus};
use serde_json::json;

use crate::world::{BUSY, ECHO, LINE, OUTSIDE, PATIENCE, SILENT, World, text};

fn dial(number: &str) -> String {
    format!(
        r#"<Dial callerId="{LINE}" answerOnBridge="true" action="/done"><Number statusCallback="/status"
           statusCallbackEvent="initiated ringing answered completed">{number}</Number></Dial>"#
    )
}

#[actix_web::test]
async fn a_call_to_the_echo_number_from_ringing_to_the_end() {
    let world = World::start().await;
    world.application.twiml("/out", &dial(ECHO));
    world.application.twiml("/done", "<Hangup/>");
    let mut browser = world.browser("alice").await;
    browser.dial("To=%2B15550100001&Custom1=foo%20%2B%20bar&From=evil&CallSid=x").await;
    let ringing = browser.expect("ringing").await;
    assert!(ringing["sdp"].is_null());
    let answer = browser.expect("answer").await;
    let sid = text(&answer, "callsid").to_owned();
    assert_eq!(text(&ringing, "callsid"), sid);
    assert!(text(&answer, "sdp").contains("a=candidate"));
    assert!(!text(&answer, "reconnect").is_empty());

    let request = world.request("/out", |_| true).await;
    assert_eq!(request.get("CallSid"), sid);
    assert_eq!(request.get("From"), "client:alice");
    assert_eq!(request.get("Caller"), "client:alice");
    assert_eq!((request.get("To"), request.get("Called")), (ECHO, ""));
    assert_eq!((request.get("CallStatus"), request.get("Direction")), ("ringing", "inbound"));
    assert_eq!(request.get("ApplicationSid"), world.account.application_sid);
    assert_eq!(request.get("Custom1"), "foo + bar");

    browser.send("hangup", json!({"callsid": sid})).await;
    let done = world.request("/done", |_| true).await;
    assert_eq!((done.get("DialCallStatus"), done.get("DialBridged")), ("completed", "true"));
    // The browser's own parameters are in the first request only.
    assert_eq!((done.get("To"), done.get("Custom1")), (ECHO, "-"));
    let last = world.request("/status", |params| params.get("CallStatus") == "completed").await;
    assert_eq!(last.get("ParentCallSid"), sid);
    assert_eq!((last.get("From"), last.get("To"), last.get("SequenceNumber")), (LINE, ECHO, "3"));
    assert_eq!((last.get("FromCountry"), last.get("CalledCountry")), ("JP", "US"));
    assert_eq!(last.get("CallSid"), done.get("DialCallSid"));
    let statuses: Vec<_> =
        world.requests("/status").iter().map(|params| params.get("CallStatus").to_owned()).collect();
    assert_eq!(statuses, ["initiated", "ringing", "in-progress", "completed"]);
    assert!(world.emulator.calls().iter().all(|call| call.status == CallStatus::Completed));
}

#[actix_web::test]
async fn the_callee_hangs_up_and_the_browser_is_told() {
    let world = World::start().await;
    world.application.twiml("/out", &dial(OUTSIDE));
    world.application.twiml("/done", "");
    let outside = world.emulator.phone(OUTSIDE);
    let mut browser = world.browser("alice").await;
    browser.dial("To=x").await;
    let call = outside.next_call(PATIENCE).await.unwrap();
    assert_eq!((call.from(), call.to()), (LINE, OUTSIDE));
    browser.expect("ringing").await;
    call.answer().await;
    browser.expect("answer").await;
    assert_eq!(call.status(), PhoneCallStatus::InCall);
    call.hang_up().await;
    assert!(browser.expect("hangup").await["error"].is_null());
    assert_eq!(call.status(), PhoneCallStatus::Ended(EndReason::LocalHangUp));
}

#[actix_web::test]
async fn the_browser_hangs_up_by_its_temporary_id_while_it_rings() {
    let world = World::start().await;
    world.application.twiml("/out", &dial(OUTSIDE));
    let outside = world.emulator.phone(OUTSIDE);
    let mut browser = world.browser("alice").await;
    let temporary = browser.dial("To=x").await;
    let call = outside.next_call(PATIENCE).await.unwrap();
    browser.expect("ringing").await;
    browser.send("hangup", json!({"callsid": temporary})).await;
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::Canceled));
    let done = world.request("/done", |_| true).await;
    assert_eq!((done.get("DialCallStatus"), done.get("CallStatus")), ("canceled", "canceled"));
}

#[actix_web::test]
async fn every_way_not_to_reach_somebody_is_told_to_the_action() {
    let world = World::start().await;
    let rings_5_s = dial(SILENT).replace("<Dial ", "<Dial timeout=\"5\" ");
    let cases = [
        (dial(BUSY), "busy"),
        (dial("+15550109999"), "failed"),
        (dial("0312345678"), "failed"),
        (dial(ECHO).replace(LINE, OUTSIDE), "failed"),
        ("<Dial action=\"/done\"><Client>nobody</Client></Dial>".to_owned(), "no-answer"),
        (rings_5_s, "no-answer"),
    ];
    let mut browser = world.browser("alice").await;
    for (verb, outcome) in cases {
        world.application.twiml("/out", &verb);
        world.application.twiml("/done", "<Hangup/>");
        browser.dial("To=x").await;
        let mut hangup = browser.next_text().await.unwrap();
        while !hangup.contains("\"hangup\"") {
            hangup = browser.next_text().await.unwrap();
        }
        let done = world.requests("/done");
        assert_eq!(done.last().unwrap().get("DialCallStatus"), outcome, "{verb}");
        assert_eq!(done.last().unwrap().get("DialBridged"), "false");
    }
    world.fault(13214).await;
    world.fault(13223).await;
}

#[actix_web::test]
async fn a_dial_without_answer_on_bridge_gives_early_media() {
    let world = World::start().await;
    world.application.twiml("/out", &format!("<Dial callerId=\"{LINE}\">{OUTSIDE}</Dial>"));
    let outside = world.emulator.phone(OUTSIDE);
    let mut browser = world.browser("alice").await;
    browser.dial("To=x").await;
    let ringing = browser.expect("ringing").await;
    assert!(text(&ringing, "sdp").contains("m=audio"));
    // Before anybody answers, as Twilio does.
    let answer = browser.expect("answer").await;
    assert!(answer["sdp"].is_null());
    let call = outside.next_call(PATIENCE).await.unwrap();
    assert_eq!(call.status(), PhoneCallStatus::Ringing);
    call.hang_up().await;
    browser.expect("hangup").await;
}

#[actix_web::test]
async fn keys_by_signaling_reach_the_other_end() {
    let world = World::start().await;
    world.application.twiml("/out", &dial(OUTSIDE));
    let outside = world.emulator.phone(OUTSIDE);
    let mut browser = world.browser("alice").await;
    browser.dial("To=x").await;
    let call = outside.next_call(PATIENCE).await.unwrap();
    call.answer().await;
    browser.expect("ringing").await;
    let answer = browser.expect("answer").await;
    browser.send("dtmf", json!({"callsid": answer["callsid"], "dtmf": "12w3*0#"})).await;
    assert_eq!(call.wait_keys(6, PATIENCE).await.unwrap(), "123*0#");
}

#[actix_web::test]
async fn an_answer_without_dial_ends_with_the_document() {
    let world = World::start().await;
    world.application.twiml("/out", "<Reject reason=\"busy\"/>");
    let mut browser = world.browser("alice").await;
    let temporary = browser.dial("").await;
    assert_eq!(text(&browser.expect("hangup").await, "callsid"), temporary);
    world.application.twiml("/out", "<Redirect method=\"GET\">/next?a=1</Redirect>");
    world.application.twiml("/next", "<Pause length=\"1\"/><Hangup/>");
    browser.dial("").await;
    browser.expect("answer").await;
    browser.expect("hangup").await;
    assert_eq!(world.emulator.calls()[0].status, CallStatus::Busy);
}
