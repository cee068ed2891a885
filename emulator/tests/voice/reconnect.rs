use std::time::Duration;

use emulator::{EndReason, PhoneCall, PhoneCallStatus};
use serde_json::{Value, json};

use crate::browser::{Browser, offer};
use crate::world::{LINE, OUTSIDE, PATIENCE, World, text};

/// A browser in a call with the outside phone; the browser's `answer` message.
async fn in_call(world: &World) -> (Browser, PhoneCall, Value) {
    world
        .application
        .twiml("/out", &format!("<Dial callerId=\"{LINE}\" answerOnBridge=\"true\">{OUTSIDE}</Dial>"));
    let outside = world.emulator.phone(OUTSIDE);
    let mut browser = world.browser("alice").await;
    browser.dial("To=x").await;
    let call = outside.next_call(PATIENCE).await.unwrap();
    call.answer().await;
    browser.expect("ringing").await;
    let answer = browser.expect("answer").await;
    (browser, call, answer)
}

async fn take_up(browser: &mut Browser, answer: &Value) {
    let payload =
        json!({"callsid": answer["callsid"], "reconnect": answer["reconnect"], "sdp": offer(), "twilio": {}});
    browser.send("invite", payload).await;
}

#[actix_web::test]
async fn a_call_survives_the_loss_of_its_socket() {
    let world = World::start().await;
    let (mut browser, call, answer) = in_call(&world).await;
    world.emulator.drop_sockets();
    browser.expect_closed().await;
    let mut browser = Browser::open(&world.emulator.url()).await;
    browser.listen(&world.token("alice")).await;
    browser.expect("connected").await;
    take_up(&mut browser, &answer).await;
    let again = browser.expect("answer").await;
    assert_eq!(again["callsid"], answer["callsid"]);
    assert_ne!(text(&again, "reconnect"), text(&answer, "reconnect"));
    assert!(again["sdp"].is_null());
    assert_eq!(call.status(), PhoneCallStatus::InCall);
    browser.send("hangup", json!({"callsid": again["callsid"]})).await;
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
}

#[actix_web::test]
async fn a_token_update_in_a_call_changes_nothing() {
    let world = World::start().await;
    let (mut browser, call, answer) = in_call(&world).await;
    browser.listen(&world.token("alice")).await;
    browser.expect("connected").await;
    take_up(&mut browser, &answer).await;
    browser.expect("answer").await;
    assert_eq!(call.status(), PhoneCallStatus::InCall);
}

#[actix_web::test]
async fn a_browser_that_does_not_come_back_loses_the_call() {
    let world = World::with(|config| config.timing.lost_leg_grace = Duration::from_millis(20)).await;
    let (_browser, call, answer) = in_call(&world).await;
    world.emulator.drop_sockets();
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    let mut browser = Browser::open(&world.emulator.url()).await;
    browser.listen(&world.token("alice")).await;
    browser.expect("connected").await;
    take_up(&mut browser, &answer).await;
    assert_eq!(browser.expect("hangup").await["error"]["code"], 31209);
}

#[actix_web::test]
async fn nobody_else_takes_up_a_call() {
    let world = World::start().await;
    let (_browser, call, answer) = in_call(&world).await;
    let mut thief = world.browser("mallory").await;
    take_up(&mut thief, &answer).await;
    assert_eq!(thief.expect("hangup").await["error"]["code"], 31209);
    let forged = json!({"callsid": answer["callsid"], "reconnect": "guess"});
    let mut second = world.browser("alice").await;
    take_up(&mut second, &forged).await;
    assert_eq!(second.expect("hangup").await["error"]["code"], 31209);
    assert_eq!(call.status(), PhoneCallStatus::InCall);
}

#[actix_web::test]
async fn ice_can_be_restarted() {
    let world = World::start().await;
    let (mut browser, _call, answer) = in_call(&world).await;
    browser.send("reinvite", json!({"callsid": answer["callsid"], "sdp": "v=0"})).await;
    assert_eq!(browser.expect("error").await["error"]["code"], 31400);
    browser.expect_nothing_before_ready().await;
}

#[actix_web::test]
async fn a_ringing_call_is_handed_to_another_browser() {
    let world = World::start().await;
    world.application.twiml("/in", "<Dial answerOnBridge=\"true\"><Client>alice</Client></Dial>");
    let mut first = world.browser("alice").await;
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let invite = first.expect("invite").await;
    let mut second = world.browser("alice").await;
    take_up(&mut second, &invite).await;
    first.expect("cancel").await;
    let answer = second.expect("answer").await;
    assert!(text(&answer, "sdp").contains("m=audio"));
    call.wait_answered(PATIENCE).await.unwrap();
}
