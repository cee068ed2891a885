mod browser;
mod lost;
mod random;
mod told;

use shared::api::CallDirection;
use shared::{Key, PhoneNumber};

use self::browser::Browser;
use super::role::BEAT_MS;
use super::*;
use crate::model::{Call, CallEvent, CallMachine, CallSource, Leg, LineStatus, Outgoing, Phase, Wish};

fn number() -> PhoneNumber {
    PhoneNumber::from_e164("+819059876543").unwrap()
}

fn dial() -> Outgoing {
    Outgoing { to: number(), attempt: "AT1".to_owned(), then: ",1".to_owned() }
}

fn call(leg: u32) -> Call {
    let mut calls = CallMachine::default();
    let from = CallSource::Number(number());
    calls.on(CallEvent::Incoming { leg: Leg(leg), sid: "CA1".to_owned(), from, attestation: None }, 7);
    let far_end = shared::api::FarEnd { name: None, time_zones: vec!["Asia/Tokyo".to_owned()] };
    calls.on(CallEvent::FarEnd { leg: Leg(leg), far_end }, 8);
    calls.call().unwrap().clone()
}

fn ready(call: Option<Call>) -> Snapshot {
    Snapshot { line: LineStatus::Registered, edge: Some("tokyo".to_owned()), call }
}

#[test]
fn the_first_tab_has_the_phone_and_the_second_shows_it() {
    let mut browser = Browser::default();
    let first = browser.open();
    browser.settle();
    browser.on(first, TabsEvent::Changed(ready(Some(call(1)))));
    let second = browser.open();
    browser.settle();
    assert_eq!(browser.owners(), [first]);
    assert_eq!(*browser.snapshot(second), ready(Some(call(1))));
    assert!(browser.tabs[&second].tabs.is_follower());
}

#[test]
fn a_wish_reaches_the_owner_with_the_call_it_is_about() {
    let mut browser = Browser::default();
    let (first, second) = (browser.open(), browser.open());
    browser.on(first, TabsEvent::Changed(ready(Some(call(1)))));
    browser.settle();
    browser.on(first, TabsEvent::Changed(ready(Some(call(1)))));
    browser.settle();
    browser.on(second, TabsEvent::Wish(Wish::Answer));
    browser.settle();
    assert_eq!(browser.tabs[&first].wished, [Wish::Answer]);
    browser.on(second, TabsEvent::Retry);
    browser.settle();
    assert_eq!(browser.tabs[&first].retries, 1);

    // What was meant for an owner that has gone does not reach the next.
    let third = browser.open();
    browser.settle();
    browser.on(third, TabsEvent::Wish(Wish::HangUp));
    browser.close(first);
    browser.settle();
    assert_eq!(browser.owners(), [second]);
    assert!(browser.tabs[&second].wished.is_empty());
}

#[test]
fn the_next_tab_takes_over_and_inherits_the_call() {
    let mut browser = Browser::default();
    let (first, second) = (browser.open(), browser.open());
    browser.settle();
    browser.on(first, TabsEvent::Changed(ready(Some(call(1)))));
    browser.settle();
    browser.close(first);
    browser.settle();
    assert_eq!(browser.owners(), [second]);
    assert!(browser.tabs[&second].has_line);
    assert_eq!(browser.tabs[&second].inherited, Some(call(1)));
}

#[test]
fn an_idle_phone_goes_to_the_tab_that_dials_and_not_to_one_that_waits_longer() {
    let mut browser = Browser::default();
    let (first, second, third) = (browser.open(), browser.open(), browser.open());
    browser.settle();
    browser.on(third, TabsEvent::Dial(dial()));
    browser.settle();
    assert_eq!(browser.owners(), [third]);
    assert_eq!(browser.tabs[&third].dialled, [dial()]);
    assert!(!browser.tabs[&first].has_line && !browser.tabs[&second].has_line);
}

#[test]
fn a_phone_in_a_call_stays_where_it_is() {
    let mut browser = Browser::default();
    let (first, second) = (browser.open(), browser.open());
    browser.settle();
    browser.on(second, TabsEvent::Dial(dial()));
    browser.on(first, TabsEvent::Changed(ready(Some(call(1)))));
    browser.settle();
    browser.wait(5_000);
    browser.settle();
    assert_eq!(browser.owners(), [first]);
    assert_eq!(*browser.snapshot(second), ready(Some(call(1))));
    assert!(browser.tabs[&second].dialled.is_empty());
}

#[test]
fn an_owner_that_hangs_is_robbed_by_a_call_and_told_of_otherwise() {
    let mut browser = Browser::default();
    let first = browser.open();
    browser.settle();
    // Its tab hangs from now on.
    let hung = browser.tabs.remove(&first).unwrap();
    let second = browser.open();
    browser.settle();
    browser.wait(3_500);
    assert!(browser.tabs[&second].tabs.is_unheard(browser.now_ms));
    browser.on(second, TabsEvent::Dial(dial()));
    browser.settle();
    assert_eq!(browser.owners(), []);
    browser.wait(1_500);
    browser.tabs.insert(first, hung);
    browser.settle();
    assert_eq!(browser.owners(), [second]);
    assert!(!browser.tabs[&first].has_line);
    assert_eq!(browser.tabs[&second].dialled, [dial()]);
}

#[test]
fn a_tab_that_is_given_the_phone_and_goes_does_not_take_it_along() {
    let mut browser = Browser::default();
    let (first, second) = (browser.open(), browser.open());
    browser.settle();
    browser.on(second, TabsEvent::Dial(dial()));
    browser.close(second);
    browser.settle();
    browser.wait(2_500);
    assert!(browser.tabs[&first].has_line);
    assert_eq!(browser.owners(), [first]);
}

#[test]
fn without_locks_each_tab_is_a_phone() {
    let mut tabs = Tabs::default();
    assert_eq!(tabs.on(TabsEvent::Join { tab: 1, locks: false }, 0), [TabsEffect::StartLine]);
    assert!(tabs.is_owner() && tabs.is_alone());
    assert_eq!(tabs.on(TabsEvent::Heard(Said::Claim { tab: 2 }), 0), []);
}
