//! What a callee goes through before it is connected, and callees one after the other.

use std::time::Duration;

use emulator::{Behaviour, EndReason, Entry, Event, PhoneCallStatus};

use crate::world::{BUSY, LINE, OUTSIDE, PATIENCE, SILENT, World, text};

const FRIEND: &str = "+15550100077";

fn bridged(entry: &Entry) -> bool {
    matches!(entry.event, Event::Bridged { .. })
}

fn dial(noun: &str) -> String {
    format!("<Dial answerOnBridge=\"true\" action=\"/done\">{noun}</Dial>")
}

#[actix_web::test]
async fn keys_are_sent_to_the_callee_before_it_is_connected() {
    let world = World::start().await;
    let friend = world.emulator.phone(FRIEND);
    world.application.twiml("/in", &dial(&format!("<Number sendDigits=\"1w2#\">{FRIEND}</Number>")));
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let callee = friend.next_call(PATIENCE).await.unwrap();
    callee.answer().await;
    assert_eq!(callee.wait_keys(3, PATIENCE).await.unwrap(), "12#");
    let bridge = world.happens(bridged).await;
    let sends = world
        .happens(|entry| {
            matches!(&entry.event, Event::Verb { verb, detail } if verb == "Number" && detail == "sendDigits 1w2#")
        })
        .await;
    // Three keys and half a second between them.
    let took = bridge.at.duration_since(sends.at);
    assert!(took.as_millis() >= 900, "{took:?}");
    call.wait_answered(PATIENCE).await.unwrap();
    call.hang_up().await;
}

#[actix_web::test]
async fn a_whisper_is_heard_by_the_callee_alone_and_then_they_are_connected() {
    let world = World::start().await;
    let friend = world.emulator.phone(FRIEND);
    world.application.twiml("/in", &dial(&format!("<Number url=\"/whisper\">{FRIEND}</Number>")));
    world.application.twiml("/whisper", "<Say>A call for you</Say><Pause length=\"1\"/>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let callee = friend.next_call(PATIENCE).await.unwrap();
    callee.answer().await;
    let asked = world.request("/whisper", |_| true).await;
    assert_eq!((asked.get("CallSid"), asked.get("ParentCallSid")), (callee.sid(), call.sid()));
    assert_eq!((asked.get("CallStatus"), asked.get("Direction")), ("in-progress", "outbound-dial"));
    assert_eq!((asked.get("From"), asked.get("To"), asked.get("CallToken")), (OUTSIDE, FRIEND, "-"));
    world.happens(|entry| matches!(&entry.event, Event::Verb { verb, .. } if verb == "Pause")).await;
    assert_eq!(call.status(), PhoneCallStatus::Ringing, "the caller waits");
    call.wait_answered(PATIENCE).await.unwrap();
    callee.plays_tone(500.0).await;
    call.wait_hears_tone(500.0, PATIENCE).await.unwrap();
    call.hang_up().await;
    assert_eq!(world.request("/done", |_| true).await.get("DialBridged"), "true");
}

#[actix_web::test]
async fn a_whisper_that_hangs_up_declines() {
    let world = World::start().await;
    let friend = world.emulator.phone(FRIEND);
    world.application.twiml("/done", "<Hangup/>");
    for whisper in
        ["<Hangup/>", "<Say>Not now</Say><Hangup/>", "<Dial>+15550100001</Dial>", "<Enqueue/>", "<Reject/>"]
    {
        world.application.twiml("/whisper", whisper);
        world.application.twiml("/in", &dial(&format!("<Number url=\"/whisper\">{FRIEND}</Number>")));
        let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
        let callee = friend.next_call(PATIENCE).await.unwrap();
        callee.answer().await;
        assert_eq!(callee.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp), "{whisper}");
        call.wait_ended(PATIENCE).await.unwrap();
        assert!(!world.states(call.sid()).contains(&"in-progress".to_owned()), "{whisper}");
    }
    let done = world.requests("/done");
    assert!(
        done.iter()
            .all(|done| done.get("DialBridged") == "false" && done.get("DialCallStatus") == "completed")
    );
    assert!(!world.emulator.timeline().entries().iter().any(bridged));
    world.fault(13201).await;
}

#[actix_web::test]
async fn a_whisper_that_cannot_be_had_connects_nobody() {
    let world = World::start().await;
    let friend = world.emulator.phone(FRIEND);
    world.application.raw("/whisper", 500, "text/xml", "");
    world.application.twiml("/in", &dial(&format!("<Number url=\"/whisper\">{FRIEND}</Number>")));
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let callee = friend.next_call(PATIENCE).await.unwrap();
    callee.answer().await;
    assert_eq!(callee.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    call.wait_ended(PATIENCE).await.unwrap();
    world.fault(11200).await;
    assert!(!world.emulator.timeline().entries().iter().any(bridged));
}

#[actix_web::test]
async fn a_browser_is_whispered_to_as_well() {
    let world = World::start().await;
    world.application.twiml("/in", &dial("<Client url=\"/whisper\" method=\"GET\">alice</Client>"));
    world.application.twiml("/whisper", "<Hangup/>");
    let mut browser = world.browser("alice").await;
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let invite = browser.expect("invite").await;
    browser.answer(&invite).await;
    browser.expect("answer").await;
    assert_eq!(browser.expect("hangup").await["callsid"], invite["callsid"]);
    assert_eq!(world.request("/done", |_| true).await.get("DialBridged"), "false");
    let whisper = |entry: &Entry| matches!(&entry.event, Event::WebhookRequest { url, method, .. } if url.contains("/whisper?") && method == "GET");
    assert_eq!(world.happens(whisper).await.call_sid.as_deref(), Some(text(&invite, "callsid")));
    drop(call);
}

#[actix_web::test]
async fn the_caller_who_gives_up_during_a_whisper_ends_it() {
    let world = World::start().await;
    let friend = world.emulator.phone(FRIEND);
    world.application.twiml("/in", &dial(&format!("<Number url=\"/whisper\">{FRIEND}</Number>")));
    world.application.twiml("/whisper", "<Pause length=\"600\"/>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let callee = friend.next_call(PATIENCE).await.unwrap();
    callee.answer().await;
    world.request("/whisper", |_| true).await;
    call.hang_up().await;
    assert_eq!(callee.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
}

#[actix_web::test]
async fn the_first_whisper_that_comes_to_its_end_wins() {
    let world = World::start().await;
    let (friend, other) = (world.emulator.phone(FRIEND), world.emulator.phone("+15550100078"));
    let nouns = format!("<Number url=\"/slow\">{FRIEND}</Number><Number url=\"/fast\">+15550100078</Number>");
    world.application.twiml("/in", &dial(&nouns));
    world.application.twiml("/slow", "<Pause length=\"600\"/>");
    world.application.twiml("/fast", "<Say>Hi</Say>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let slow = friend.next_call(PATIENCE).await.unwrap();
    slow.answer().await;
    world.request("/slow", |_| true).await;
    let fast = other.next_call(PATIENCE).await.unwrap();
    fast.answer().await;
    call.wait_answered(PATIENCE).await.unwrap();
    assert_eq!(slow.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    assert_eq!(fast.status(), PhoneCallStatus::InCall);
    call.hang_up().await;
}

#[actix_web::test]
async fn callees_one_after_the_other() {
    let world = World::start().await;
    let friend = world.emulator.phone(FRIEND);
    let nouns = format!(
        "<Number>{BUSY}</Number><Number>{SILENT}</Number><Number>{FRIEND}</Number><Number>{LINE}</Number>"
    );
    let verb = dial(&nouns).replace("<Dial ", "<Dial sequential=\"true\" timeout=\"5\" ");
    world.application.twiml("/in", &verb);
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let callee = friend.next_call(Duration::from_secs(20)).await.unwrap();
    callee.answer().await;
    call.wait_answered(PATIENCE).await.unwrap();
    let dialled: Vec<_> = world.emulator.calls().into_iter().filter(|call| call.parent.is_some()).collect();
    let to: Vec<_> = dialled.iter().map(|call| (call.to.as_str(), call.status.as_str())).collect();
    assert_eq!(to, [(BUSY, "busy"), (SILENT, "no-answer"), (FRIEND, "in-progress")]);
    call.hang_up().await;
}

#[actix_web::test]
async fn a_sequence_that_nobody_takes_ends() {
    let world = World::start().await;
    world.emulator.phone("+15550100079").behave(Behaviour::Busy);
    let nouns = format!("<Number>+1555010999</Number><Number>{BUSY}</Number><Number>+15550100079</Number>");
    world.application.twiml("/in", &dial(&nouns).replace("<Dial ", "<Dial sequential=\"true\" "));
    world.application.twiml("/done", "<Hangup/>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::Busy));
    assert_eq!(world.request("/done", |_| true).await.get("DialCallStatus"), "busy");
}

#[actix_web::test]
async fn the_reason_of_a_call_is_shown_to_the_callee() {
    let world = World::start().await;
    let friend = world.emulator.phone(FRIEND);
    let verb =
        dial(&format!("<Number>{FRIEND}</Number>")).replace("<Dial ", "<Dial callReason=\"Your parcel\" ");
    world.application.twiml("/in", &verb);
    let _call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    friend.next_call(PATIENCE).await.unwrap();
    let shows = |entry: &Entry| matches!(&entry.event, Event::Phone { number, action } if number == FRIEND && action.contains("Your parcel"));
    world.happens(shows).await;
}
