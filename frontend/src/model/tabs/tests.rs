mod told;

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;
use shared::api::CallDirection;
use shared::{Key, PhoneNumber};

use super::*;
use crate::model::{Call, CallEvent, CallMachine, CallSource, Leg, LineStatus, Phase};

fn number() -> PhoneNumber {
    PhoneNumber::from_e164("+819059876543").unwrap()
}

fn dial() -> CallEvent {
    CallEvent::Dial { leg: Leg(9), to: number(), attempt: "AT1".to_owned(), then: ",1".to_owned() }
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

/// A browser: its tabs, its lock, and what is on its way from one tab to another.
#[derive(Default)]
struct Browser {
    tabs: BTreeMap<u32, Tab>,
    /// Who has the lock, then who waits for it.
    lock: VecDeque<u32>,
    /// By receiver and sender, for only what one tab says to another keeps its order.
    on_the_way: BTreeMap<(u32, u32), VecDeque<Message>>,
    /// News of the lock, which may come late, but in order.
    lock_news: VecDeque<(u32, TabsEvent)>,
    now_ms: u64,
    opened: u32,
}

#[derive(Default)]
struct Tab {
    tabs: Tabs,
    has_line: bool,
    wished: Vec<CallEvent>,
    inherited: Option<Call>,
    retries: u32,
}

impl Browser {
    fn open(&mut self) -> u32 {
        self.opened += 1;
        let tab = self.opened;
        self.tabs.insert(tab, Tab::default());
        self.on(tab, TabsEvent::Join { tab, locks: true });
        tab
    }

    /// The tab is closed or crashes: nothing of it comes any more.
    fn close(&mut self, tab: u32) {
        self.tabs.remove(&tab);
        self.release(tab);
        self.lock_news.retain(|(to, _)| *to != tab);
        self.on_the_way.retain(|(to, _), _| *to != tab);
    }

    fn on(&mut self, tab: u32, event: TabsEvent) {
        let Some(state) = self.tabs.get_mut(&tab) else { return };
        for effect in state.tabs.on(event, self.now_ms) {
            let state = self.tabs.get_mut(&tab).unwrap();
            match effect {
                TabsEffect::RequestLock => {
                    self.lock.push_back(tab);
                    if self.lock.len() == 1 {
                        self.lock_news.push_back((tab, TabsEvent::Granted));
                    }
                }
                TabsEffect::StealLock => {
                    if let Some(&robbed) = self.lock.front() {
                        self.lock_news.retain(|(to, _)| *to != robbed);
                        self.lock_news.push_back((robbed, TabsEvent::Lost));
                        self.lock.pop_front();
                    }
                    self.lock.retain(|waiting| *waiting != tab);
                    self.lock.push_front(tab);
                    self.lock_news.push_back((tab, TabsEvent::Granted));
                }
                TabsEffect::ReleaseLock => self.release(tab),
                TabsEffect::Send(message) => {
                    let message = Message::from_bytes(&message.to_bytes().unwrap()).unwrap();
                    for to in self.tabs.keys().filter(|to| **to != tab) {
                        self.on_the_way.entry((*to, tab)).or_default().push_back(message.clone());
                    }
                }
                TabsEffect::StartLine => state.has_line = true,
                TabsEffect::StopLine => state.has_line = false,
                TabsEffect::Inherit(call) => state.inherited = Some(call),
                TabsEffect::Retry => state.retries += 1,
                TabsEffect::Do { event, .. } => state.wished.push(event),
            }
        }
    }

    fn release(&mut self, tab: u32) {
        let held = self.lock.front() == Some(&tab);
        self.lock.retain(|waiting| *waiting != tab);
        if held && let Some(&next) = self.lock.front() {
            self.lock_news.push_back((next, TabsEvent::Granted));
        }
    }

    /// Delivers one thing that is on its way; which one, `choice` says. False when nothing is.
    fn deliver(&mut self, choice: usize) -> bool {
        let busy: Vec<_> =
            self.on_the_way.iter().filter(|(_, queue)| !queue.is_empty()).map(|(way, _)| *way).collect();
        if choice.is_multiple_of(busy.len() + 1)
            && let Some((tab, news)) = self.lock_news.pop_front()
        {
            self.on(tab, news);
            return true;
        }
        let Some(way) = busy.get(choice % busy.len().max(1)) else { return !self.lock_news.is_empty() };
        let message = self.on_the_way.get_mut(way).and_then(VecDeque::pop_front).unwrap();
        self.on(way.0, TabsEvent::Heard(message));
        true
    }

    fn settle(&mut self) {
        for _ in 0..10_000 {
            if !self.deliver(0) {
                return;
            }
        }
        panic!("the tabs talk for ever");
    }

    fn wait(&mut self, ms: u64) {
        self.now_ms += ms;
        for tab in self.tabs.keys().copied().collect::<Vec<_>>() {
            self.on(tab, TabsEvent::Tick);
        }
    }

    fn snapshot(&self, tab: u32) -> &Snapshot {
        self.tabs[&tab].tabs.snapshot()
    }

    fn owners(&self) -> Vec<u32> {
        self.tabs.iter().filter(|(_, tab)| tab.tabs.is_owner()).map(|(tab, _)| *tab).collect()
    }
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
    browser.on(second, TabsEvent::Wish(CallEvent::Answer));
    browser.settle();
    assert_eq!(browser.tabs[&first].wished, [CallEvent::Answer]);
    browser.on(second, TabsEvent::Retry);
    browser.settle();
    assert_eq!(browser.tabs[&first].retries, 1);

    // What was meant for an owner that has gone does not reach the next.
    let third = browser.open();
    browser.settle();
    browser.on(third, TabsEvent::Wish(CallEvent::HangUp));
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
    browser.on(third, TabsEvent::Wish(dial()));
    browser.settle();
    assert_eq!(browser.owners(), [third]);
    assert_eq!(browser.tabs[&third].wished, [dial()]);
    assert!(!browser.tabs[&first].has_line && !browser.tabs[&second].has_line);
}

#[test]
fn a_phone_in_a_call_stays_where_it_is() {
    let mut browser = Browser::default();
    let (first, second) = (browser.open(), browser.open());
    browser.settle();
    browser.on(second, TabsEvent::Wish(dial()));
    browser.on(first, TabsEvent::Changed(ready(Some(call(1)))));
    browser.settle();
    browser.wait(5_000);
    browser.settle();
    assert_eq!(browser.owners(), [first]);
    assert_eq!(*browser.snapshot(second), ready(Some(call(1))));
    assert!(browser.tabs[&second].wished.is_empty());
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
    browser.on(second, TabsEvent::Wish(dial()));
    browser.settle();
    assert_eq!(browser.owners(), []);
    browser.wait(1_500);
    browser.tabs.insert(first, hung);
    browser.settle();
    assert_eq!(browser.owners(), [second]);
    assert!(!browser.tabs[&first].has_line);
    assert_eq!(browser.tabs[&second].wished, [dial()]);
}

#[test]
fn a_tab_that_is_given_the_phone_and_goes_does_not_take_it_along() {
    let mut browser = Browser::default();
    let (first, second) = (browser.open(), browser.open());
    browser.settle();
    browser.on(second, TabsEvent::Wish(dial()));
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
    assert_eq!(tabs.on(TabsEvent::Heard(Message::Claim { tab: 2 }), 0), []);
}

#[derive(Clone, Debug)]
enum Act {
    Open,
    Close(u32),
    SignOut(u32),
    Wish(u32, bool),
    Take(u32),
    Call(u32, bool),
    Deliver(usize),
    Wait(u64),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Open),
        1 => (1..9u32).prop_map(Act::Close),
        1 => (1..9u32).prop_map(Act::SignOut),
        3 => (1..9u32, any::<bool>()).prop_map(|(tab, dials)| Act::Wish(tab, dials)),
        1 => (1..9u32).prop_map(Act::Take),
        3 => (1..9u32, any::<bool>()).prop_map(|(tab, live)| Act::Call(tab, live)),
        12 => (0..64usize).prop_map(Act::Deliver),
        3 => (0..4_000u64).prop_map(Act::Wait),
    ]
}

proptest! {
    #[test]
    fn in_the_end_one_tab_has_the_phone_and_all_show_it(acts in prop::collection::vec(act(), 0..120)) {
        let mut browser = Browser { now_ms: 1_000_000, ..Browser::default() };
        for act in acts {
            match act {
                Act::Open => { browser.open(); }
                Act::Close(tab) => browser.close(tab),
                Act::SignOut(tab) => {
                    browser.on(tab, TabsEvent::Leave);
                    if let Some(tab) = browser.tabs.get_mut(&tab) {
                        tab.has_line = false;
                    }
                }
                Act::Wish(tab, dials) => {
                    let event = if dials { dial() } else { CallEvent::HangUp };
                    browser.on(tab, TabsEvent::Wish(event));
                }
                Act::Take(tab) => browser.on(tab, TabsEvent::Take),
                Act::Call(tab, live) => {
                    browser.on(tab, TabsEvent::Changed(ready(live.then(|| call(tab)))));
                }
                Act::Deliver(choice) => { browser.deliver(choice); }
                Act::Wait(ms) => browser.wait(ms),
            }
        }
        for _ in 0..4 {
            browser.settle();
            browser.wait(4_000);
        }
        browser.settle();
        let with_line: Vec<u32> =
            browser.tabs.iter().filter(|(_, tab)| tab.has_line).map(|(tab, _)| *tab).collect();
        prop_assert_eq!(&browser.owners(), &with_line);
        prop_assert_eq!(browser.lock.front().copied(), with_line.first().copied());
        prop_assert!(with_line.len() <= 1);
        for tab in browser.lock.iter().skip(1) {
            prop_assert_eq!(browser.snapshot(*tab), browser.snapshot(with_line[0]), "tab {}", tab);
        }
    }
}
