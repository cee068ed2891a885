use emulator::{Attestation, CallStatus, EndReason, Entry, Event, PhoneCallStatus, Timeline};
use serde_json::json;

use crate::world::{LINE, OUTSIDE, PATIENCE, World, text};

const RING_ALICE: &str = r#"<Dial timeout="5" answerOnBridge="true" action="/done"><Client statusCallback="/status"
    statusCallbackEvent="ringing"><Identity>alice</Identity><Parameter name="line" value="a&amp;b c"/></Client></Dial>"#;

/// When a leg ended.
fn ended(timeline: &Timeline, sid: &str) -> u64 {
    let is_end = |event: &Event| matches!(event, Event::CallStatus { status } if status == "completed");
    let entries = timeline.entries();
    let end = entries.iter().find(|entry| entry.call_sid.as_deref() == Some(sid) && is_end(&entry.event));
    end.map_or(u64::MAX, |entry| entry.seq)
}

#[actix_web::test]
async fn a_phone_calls_a_browser_that_answers() {
    let world = World::start().await;
    world.application.twiml("/in", RING_ALICE);
    let mut browser = world.browser("alice").await;
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let invite = browser.expect("invite").await;
    let child = text(&invite, "callsid").to_owned();
    assert_ne!(child, call.sid());
    let parameters = &invite["parameters"];
    assert_eq!((text(parameters, "From"), text(parameters, "To")), (OUTSIDE, "client:alice"));
    assert_eq!((text(parameters, "CallSid"), text(parameters, "Params")), (child.as_str(), "line=a%26b%20c"));
    assert!(!text(&invite, "reconnect").is_empty());
    assert_eq!(call.status(), PhoneCallStatus::Ringing);

    browser.answer(&invite).await;
    let answer = browser.expect("answer").await;
    assert!(answer["sdp"].is_null() && !text(&answer, "reconnect").is_empty());
    call.wait_answered(PATIENCE).await.unwrap();

    let request = world.request("/in", |_| true).await;
    assert_eq!((request.get("From"), request.get("To"), request.get("Called")), (OUTSIDE, LINE, LINE));
    assert_eq!((request.get("CallSid"), request.get("FromCity")), (call.sid(), ""));
    assert_eq!((request.get("CallerCountry"), request.get("ToCountry")), ("JP", "JP"));
    assert_eq!(request.get("StirVerstat"), "-", "calls from Japan are not signed");
    assert_eq!(request.get("ApplicationSid"), "-");

    call.hang_up().await;
    assert_eq!(text(&browser.expect("hangup").await, "callsid"), child);
    let done = world.request("/done", |_| true).await;
    assert_eq!((done.get("DialCallStatus"), done.get("CallStatus")), ("completed", "completed"));
    // Whatever is said about the browser's leg belongs to the call, also what comes after its end.
    let timeline = world.emulator.timeline();
    let about = |entry: &Entry| entry.call_sid.as_deref() == Some(child.as_str());
    let replies = |entry: &Entry| about(entry) && matches!(entry.event, Event::WebhookReply { .. });
    timeline
        .wait_for(|entry| replies(entry) && entry.seq > ended(&timeline, &child), PATIENCE)
        .await
        .unwrap();
    let entries = timeline.entries();
    assert!(entries.iter().filter(|entry| about(entry)).all(|entry| entry.concerns(call.sid())));
    let status = world.request("/line-status", |_| true).await;
    assert_eq!((status.get("CallStatus"), status.get("CallSid")), ("completed", call.sid()));
}

#[actix_web::test]
async fn the_browser_declines() {
    let world = World::start().await;
    world.application.twiml("/in", RING_ALICE);
    world.application.twiml("/done", "<Reject/>");
    let mut browser = world.browser("alice").await;
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let invite = browser.expect("invite").await;
    browser.send("reject", json!({"callsid": invite["callsid"]})).await;
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::Busy));
    assert_eq!(world.request("/done", |_| true).await.get("DialCallStatus"), "busy");
    browser.expect_nothing_before_ready().await;
}

#[actix_web::test]
async fn the_caller_gives_up() {
    let world = World::start().await;
    world.application.twiml("/in", RING_ALICE);
    let mut browser = world.browser("alice").await;
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let invite = browser.expect("invite").await;
    call.hang_up().await;
    assert_eq!(browser.expect("cancel").await["callsid"], invite["callsid"]);
    assert_eq!(call.status(), PhoneCallStatus::Ended(EndReason::LocalHangUp));
    // Too late.
    browser.answer(&invite).await;
    browser.expect_nothing_before_ready().await;
    assert!(world.emulator.calls().iter().all(|call| call.status == CallStatus::Canceled));
}

#[actix_web::test]
async fn nobody_answers() {
    let world = World::start().await;
    world.application.twiml("/in", RING_ALICE);
    world.application.twiml("/done", "");
    let mut browser = world.browser("alice").await;
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    browser.expect("invite").await;
    browser.expect("cancel").await;
    assert_eq!(world.request("/done", |_| true).await.get("DialCallStatus"), "no-answer");
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::NoAnswer));
}

#[actix_web::test]
async fn the_first_of_several_browsers_gets_the_call() {
    let world = World::start().await;
    world.application.twiml("/in", "<Dial><Client>alice</Client><Client>bob</Client></Dial>");
    let mut first = world.browser("alice").await;
    let mut second = world.browser("alice").await;
    let mut third = world.browser("bob").await;
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let invite = first.expect("invite").await;
    assert_eq!(second.expect("invite").await["callsid"], invite["callsid"]);
    assert_ne!(third.expect("invite").await["callsid"], invite["callsid"]);
    first.answer(&invite).await;
    first.expect("answer").await;
    second.expect("cancel").await;
    third.expect("cancel").await;
    call.wait_answered(PATIENCE).await.unwrap();
    first.expect_nothing_before_ready().await;
    first.send("hangup", json!({"callsid": invite["callsid"]})).await;
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
}

#[actix_web::test]
async fn an_answer_that_cannot_be_used_ends_the_call_there_and_nowhere_else() {
    let world = World::start().await;
    world.application.twiml("/in", RING_ALICE);
    let mut browser = world.browser("alice").await;
    let mut other = world.browser("alice").await;
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let invite = browser.expect("invite").await;
    browser.send("answer", json!({"callsid": invite["callsid"]})).await;
    assert_eq!(browser.expect("error").await["error"]["code"], 31400);
    browser.send("answer", json!({"callsid": invite["callsid"], "sdp": "nonsense"})).await;
    assert_eq!(browser.expect("error").await["error"]["code"], 31400);
    assert_eq!(browser.expect("hangup").await["callsid"], invite["callsid"]);
    assert_eq!(call.status(), PhoneCallStatus::Ringing);
    let invite = other.expect("invite").await;
    other.answer(&invite).await;
    other.expect("answer").await;
    call.wait_answered(PATIENCE).await.unwrap();
    browser.expect_nothing_before_ready().await;
}

#[actix_web::test]
async fn two_browsers_call_each_other() {
    let world = World::start().await;
    world.application.twiml("/out", "<Dial answerOnBridge=\"true\"><Client>bob</Client></Dial>");
    let mut alice = world.browser("alice").await;
    let mut bob = world.browser("bob").await;
    alice.dial("To=bob").await;
    let invite = bob.expect("invite").await;
    assert_eq!(text(&invite["parameters"], "From"), "client:alice");
    alice.expect("ringing").await;
    bob.answer(&invite).await;
    bob.expect("answer").await;
    let answer = alice.expect("answer").await;
    alice.send("hangup", json!({"callsid": answer["callsid"]})).await;
    bob.expect("hangup").await;
}

#[actix_web::test]
async fn what_a_network_says_of_a_number_reaches_application_and_browser() {
    for (attestation, verstat) in [
        (Attestation::A, Some("TN-Validation-Passed-A")),
        (Attestation::B, Some("TN-Validation-Passed-B")),
        (Attestation::Failed, Some("TN-Validation-Failed")),
        (Attestation::None, None),
    ] {
        let world = World::start().await;
        world.application.twiml("/in", RING_ALICE);
        let mut browser = world.browser("alice").await;
        let phone = world.emulator.phone(OUTSIDE);
        phone.attest(attestation);
        let _call = phone.call(LINE).await.unwrap();
        let invite = browser.expect("invite").await;
        assert_eq!(invite["parameters"]["StirStatus"].as_str(), verstat);
        let request = world.request("/in", |_| true).await;
        assert_eq!(request.get("StirVerstat"), verstat.unwrap_or("-"));
        assert_eq!(request.get("StirPassportToken") != "-", verstat.is_some());
    }
}
