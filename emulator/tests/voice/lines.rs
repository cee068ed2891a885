//! Numbers in documents: those of the account, and those without a plus sign.

use emulator::{CallStatus, EndReason, Entry, Event, Number};
use serde_json::json;

use crate::browser::Browser;
use crate::token::anonymous_token;
use crate::world::{BUSY, LINE, OUTSIDE, PATIENCE, TONE, World, text};

const OTHER: &str = "+12025550143";

/// A world with a second line, whose Voice URL is `/other`.
async fn two_lines() -> World {
    World::with_application(|config, application| {
        config.account.numbers.push(Number {
            phone_number: OTHER.into(),
            voice_url: Some(application.url("/other")),
            status_callback: Some(application.url("/other-status")),
            ..Number::default()
        });
    })
    .await
}

fn dial(number: &str) -> String {
    format!("<Dial callerId=\"{LINE}\" answerOnBridge=\"true\" action=\"/done\">{number}</Dial>")
}

#[actix_web::test]
async fn one_line_calls_another_by_its_number() {
    let world = two_lines().await;
    world.application.twiml("/out", &dial(OTHER));
    world.application.twiml("/other", "<Dial answerOnBridge=\"true\"><Client>bob</Client></Dial>");
    let mut alice = world.browser("alice").await;
    let mut bob = world.browser("bob").await;
    alice.dial("To=x").await;
    let invite = bob.expect("invite").await;
    assert_eq!(
        (text(&invite["parameters"], "From"), text(&invite["parameters"], "To")),
        (LINE, "client:bob")
    );
    let asked = world.request("/other", |_| true).await;
    assert_eq!((asked.get("From"), asked.get("To"), asked.get("Called")), (LINE, OTHER, OTHER));
    assert_eq!((asked.get("Direction"), asked.get("CallStatus")), ("inbound", "ringing"));
    assert_eq!((asked.get("ParentCallSid"), asked.get("FromCountry")), ("-", "JP"));
    alice.expect("ringing").await;
    bob.answer(&invite).await;
    bob.expect("answer").await;
    let answer = alice.expect("answer").await;
    // Four legs: the caller, the dialled number, the number's own call, and the callee.
    let calls = world.emulator.calls();
    let legs: Vec<_> = calls.iter().map(|call| (call.direction.as_str(), call.to.as_str())).collect();
    assert_eq!(
        legs,
        [("inbound", "x"), ("outbound-dial", OTHER), ("inbound", OTHER), ("outbound-dial", "client:bob")]
    );
    assert_ne!(asked.get("CallSid"), text(&answer, "callsid"));
    assert!(calls.iter().all(|call| call.status == CallStatus::InProgress), "{calls:?}");

    alice.send("hangup", json!({"callsid": answer["callsid"]})).await;
    bob.expect("hangup").await;
    let status = world.request("/other-status", |_| true).await;
    assert_eq!((status.get("CallStatus"), status.get("CallSid")), ("completed", asked.get("CallSid")));
    assert_eq!(world.request("/done", |_| true).await.get("DialCallStatus"), "completed");
}

#[actix_web::test]
async fn sound_and_keys_go_through_the_line() {
    let world = two_lines().await;
    let friend = world.emulator.phone("+15550100077");
    world.application.twiml("/in", &format!("<Dial answerOnBridge=\"true\">{OTHER}</Dial>"));
    world.application.twiml("/other", "<Dial answerOnBridge=\"true\">+15550100077</Dial>");
    let caller = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let callee = friend.next_call(PATIENCE).await.unwrap();
    assert_eq!(callee.from(), OUTSIDE);
    callee.answer().await;
    caller.wait_answered(PATIENCE).await.unwrap();
    caller.plays_tone(440.0).await;
    callee.wait_hears_tone(440.0, PATIENCE).await.unwrap();
    callee.plays_tone(880.0).await;
    caller.wait_hears_tone(880.0, PATIENCE).await.unwrap();
    caller.press("12#").await;
    assert_eq!(callee.wait_keys(3, PATIENCE).await.unwrap(), "12#");
    callee.press("9*").await;
    assert_eq!(caller.wait_keys(2, PATIENCE).await.unwrap(), "9*");
    callee.hang_up().await;
    assert_eq!(caller.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
}

#[actix_web::test]
async fn what_becomes_of_the_inner_call_is_what_the_dial_hears() {
    let world = two_lines().await;
    world.application.twiml("/in", &dial(OTHER));
    world.application.twiml("/done", "<Hangup/>");
    for (document, outcome) in [
        ("<Reject reason=\"busy\"/>".to_owned(), "busy"),
        ("<Reject/>".to_owned(), "no-answer"),
        (format!("<Dial answerOnBridge=\"true\">{BUSY}</Dial>"), "busy"),
        ("<Dial answerOnBridge=\"true\"><Client>nobody</Client></Dial>".to_owned(), "no-answer"),
        ("<Hangup/>".to_owned(), "completed"),
    ] {
        world.application.twiml("/other", &document);
        let before = world.requests("/done").len();
        let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
        call.wait_ended(PATIENCE).await.unwrap();
        world.until(|| world.requests("/done").len() > before).await;
        assert_eq!(world.requests("/done").last().unwrap().get("DialCallStatus"), outcome, "{document}");
    }
    // The caller gives up while the inner call rings.
    world.application.twiml("/other", "<Pause length=\"600\"/>");
    let before = world.emulator.calls().len();
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    world.until(|| world.emulator.calls().len() == before + 3).await;
    call.hang_up().await;
    world.until(|| world.emulator.calls().iter().all(|call| call.status.is_final())).await;
}

#[actix_web::test]
async fn a_number_that_dials_itself_does_not_go_round_for_ever() {
    let world = World::start().await;
    let ten = format!("<Number>{LINE}</Number>").repeat(10);
    for document in [format!("<Dial>{LINE}</Dial>"), format!("<Dial answerOnBridge=\"true\">{ten}</Dial>")] {
        world.application.twiml("/in", &document);
        let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
        world.fault(32006).await;
        call.wait_ended(PATIENCE).await.ok();
        call.hang_up().await;
        world.until(|| world.emulator.calls().iter().all(|call| call.status.is_final())).await;
    }
    // 100 lines with two legs each, and ten times as many numbers that were not dialled any more.
    let legs = world.emulator.calls().len();
    assert!(legs < 1300, "{legs}");
}

#[actix_web::test]
async fn a_national_number_of_the_account_s_country_is_dialled() {
    let world = World::start().await;
    for (country, text, number) in
        [("US", "(415) 555-1212", "+14155551212"), ("JP", "090-5987-6543", OUTSIDE)]
    {
        let world = World::with(|config| config.account.country = country.into()).await;
        let phone = world.emulator.phone(number);
        world.application.twiml("/out", &dial(text));
        let mut browser = world.browser("alice").await;
        browser.dial("To=x").await;
        let call = phone.next_call(PATIENCE).await.unwrap();
        assert_eq!(call.to(), number);
        call.answer().await;
    }
    // Of another country it is not.
    world.application.twiml("/out", &dial("090-5987-6543"));
    world.application.twiml("/done", "<Hangup/>");
    let mut browser = world.browser("alice").await;
    browser.dial("To=x").await;
    browser.expect("hangup").await;
    world.fault(13223).await;
}

#[actix_web::test]
async fn a_token_without_identity_calls_and_cannot_be_called() {
    let world = World::start().await;
    world.application.twiml("/out", &dial(TONE));
    let mut nobody = Browser::open(&world.emulator.url()).await;
    nobody.register(&anonymous_token(&world.account)).await;
    let mut other = Browser::open(&world.emulator.url()).await;
    other.register(&anonymous_token(&world.account)).await;
    let temporary = nobody.dial("To=x").await;
    let answer = {
        nobody.expect("ringing").await;
        nobody.expect("answer").await
    };
    let asked = world.request("/out", |_| true).await;
    assert_eq!((asked.get("From"), asked.get("Caller")), ("client:Anonymous", "client:Anonymous"));
    // Another one without a name has no say in it.
    for sid in [text(&answer, "callsid"), &temporary] {
        other.send("hangup", json!({"callsid": sid})).await;
    }
    other.expect_nothing_before_ready().await;
    nobody.expect_nothing_before_ready().await;
    nobody.send("hangup", json!({"callsid": answer["callsid"]})).await;
    world.application.twiml("/in", "<Dial answerOnBridge=\"true\"><Client>Anonymous</Client></Dial>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::NoAnswer));
    let registered = |entry: &Entry| matches!(entry.event, Event::Registered { .. });
    assert!(!world.emulator.timeline().entries().iter().any(registered));
}

#[actix_web::test]
async fn a_name_that_is_given_up_is_called_no_more() {
    let world = World::start().await;
    let mut browser = world.browser("alice").await;
    assert_eq!(world.emulator.registrations("alice"), 1);
    browser.listen(&anonymous_token(&world.account)).await;
    browser.expect("connected").await;
    world.happens(|entry| matches!(&entry.event, Event::Registered { count: 0, .. })).await;
    assert_eq!(world.emulator.registrations("alice"), 0);
}
