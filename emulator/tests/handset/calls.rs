use emulator::{EndReason, PhoneCallStatus};
use serde_json::json;

use crate::page::{PATIENCE, Page};
use crate::world::{FRIEND, HANDSET, LINE, World};

#[actix_web::test]
async fn a_page_is_told_who_it_is_and_whom_it_can_call() {
    let world = World::start().await;
    let url = world.emulator.url();
    let mut page = Page::open(&url, "", Some(&url)).await.unwrap();
    let ready = json!({"type": "ready", "number": HANDSET, "label": "Handset", "lines": [LINE]});
    assert_eq!(page.expect("ready").await, ready);
    // A number that nobody configured is a phone as well; its plus sign may be as it is.
    let mut other = Page::open(&url, "?number=+15550100099", Some(&url)).await.unwrap();
    assert_eq!(other.expect("ready").await["number"], "+15550100099");
}

#[actix_web::test]
async fn the_handset_calls_and_keys_go_both_ways() {
    let world = World::start().await;
    world.line_dials(FRIEND);
    let mut page = world.page().await;
    page.says(json!({"type": "call", "to": LINE})).await;
    let calling = page.expect("calling").await;
    assert_eq!(calling["to"], LINE);
    let friend = world.emulator.phone(FRIEND).next_call(PATIENCE).await.unwrap();
    assert_eq!(friend.from(), HANDSET);
    friend.answer().await;
    assert_eq!(page.expect("answered").await["call"], calling["call"]);

    page.says(json!({"type": "press", "keys": "12"})).await;
    page.says(json!({"type": "press", "keys": "#"})).await;
    assert_eq!(friend.wait_keys(3, PATIENCE).await.unwrap(), "12#");
    friend.press("7*").await;
    assert_eq!(page.expect("key").await["key"], "7");
    assert_eq!(page.expect("key").await["key"], "*");

    page.does("hang_up").await;
    let ended = page.expect("ended").await;
    assert_eq!((&ended["call"], &ended["reason"]), (&calling["call"], &json!("local_hang_up")));
    assert_eq!(friend.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    // Nothing to end: hangups may cross.
    page.does("hang_up").await;
    page.says(json!({"type": "call", "to": LINE})).await;
    page.expect("calling").await;
}

#[actix_web::test]
async fn the_handset_is_called_and_answers() {
    let world = World::start().await;
    world.line_dials(HANDSET);
    let mut page = world.page().await;
    let call = world.emulator.phone(FRIEND).call(LINE).await.unwrap();
    let ringing = page.expect("ringing").await;
    assert_eq!(ringing["from"], FRIEND);
    assert_eq!(call.status(), PhoneCallStatus::Ringing);
    page.does("answer").await;
    assert_eq!(page.expect("answered").await["call"], ringing["call"]);
    call.wait_answered(PATIENCE).await.unwrap();
    call.hang_up().await;
    assert_eq!(page.expect("ended").await["reason"], "remote_hang_up");
}

#[actix_web::test]
async fn the_handset_declines() {
    let world = World::start().await;
    world.line_dials(HANDSET);
    let mut page = world.page().await;
    let call = world.emulator.phone(FRIEND).call(LINE).await.unwrap();
    page.expect("ringing").await;
    page.does("decline").await;
    assert_eq!(page.expect("ended").await["reason"], "busy");
    call.wait_ended(PATIENCE).await.unwrap();
}

#[actix_web::test]
async fn the_caller_gives_up() {
    let world = World::start().await;
    world.line_dials(HANDSET);
    let mut page = world.page().await;
    let call = world.emulator.phone(FRIEND).call(LINE).await.unwrap();
    page.expect("ringing").await;
    call.hang_up().await;
    assert_eq!(page.expect("ended").await["reason"], "canceled");
}

#[actix_web::test]
async fn a_handset_in_a_call_is_busy_for_others() {
    let world = World::start().await;
    world.line_dials(HANDSET);
    let mut page = world.page().await;
    let first = world.emulator.phone(FRIEND).call(LINE).await.unwrap();
    page.expect("ringing").await;
    page.does("answer").await;
    page.expect("answered").await;
    let second = world.emulator.phone("+15550100078").call(LINE).await.unwrap();
    world.phone_does(HANDSET, "declines").await;
    second.wait_ended(PATIENCE).await.unwrap();
    assert_eq!(first.status(), PhoneCallStatus::InCall);
    first.hang_up().await;
    assert_eq!(page.expect("ended").await["reason"], "remote_hang_up");
}

#[actix_web::test]
async fn closing_the_page_hangs_up() {
    let world = World::start().await;
    world.line_dials(FRIEND);
    let mut page = world.page().await;
    page.says(json!({"type": "call", "to": LINE})).await;
    page.expect("calling").await;
    let friend = world.emulator.phone(FRIEND).next_call(PATIENCE).await.unwrap();
    friend.answer().await;
    page.expect("answered").await;
    page.close().await;
    assert_eq!(friend.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
}

#[actix_web::test]
async fn a_newer_page_takes_over() {
    let world = World::start().await;
    world.line_dials(HANDSET);
    let mut older = world.page().await;
    let call = world.emulator.phone(FRIEND).call(LINE).await.unwrap();
    let ringing = older.expect("ringing").await;
    // What rings goes on ringing, there.
    let mut newer = world.page().await;
    older.expect("replaced").await;
    assert_eq!(older.next().await, None);
    assert_eq!(newer.expect("ringing").await["call"], ringing["call"]);
    newer.does("answer").await;
    newer.expect("answered").await;
    call.wait_answered(PATIENCE).await.unwrap();
    // A conversation cannot be handed over: nobody else has its audio.
    let mut newest = world.page().await;
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    newer.expect("replaced").await;
    world.emulator.phone(FRIEND).call(LINE).await.unwrap();
    newest.expect("ringing").await;
}

#[actix_web::test]
async fn a_call_that_rings_survives_the_page() {
    let world = World::start().await;
    world.line_dials(HANDSET);
    let mut page = world.page().await;
    let call = world.emulator.phone(FRIEND).call(LINE).await.unwrap();
    page.expect("ringing").await;
    page.close().await;
    let mut again = world.page().await;
    again.expect("ringing").await;
    assert_eq!(call.status(), PhoneCallStatus::Ringing);
}
