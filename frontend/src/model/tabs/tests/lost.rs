//! What was said and is lost, late, or from a tab that is gone.

use super::browser::{Browser, TICK_MS};
use super::random::{Act, comes_right, play};
use super::*;

/// Sequences that once went wrong.
#[test]
fn what_once_went_wrong_comes_right() {
    use Act::{Call, Close, Deliver, Open, SignOut, Take, Wait, Wish};
    // A tab that is opened late goes on showing "Connecting".
    let opened_late: &[Act] = &[
        Open,
        Deliver(0),
        Open,
        Open,
        Deliver(0),
        Deliver(2),
        Take(2),
        Deliver(4),
        Wait(1),
        SignOut(2),
        Open,
        Close(1),
        SignOut(5),
        Deliver(4),
        Deliver(0),
        Deliver(0),
        Close(5),
        Close(5),
        Deliver(6),
        Deliver(17),
        Call(3, false),
        Open,
        Open,
        Close(1),
        Call(1, false),
        Deliver(1),
        Take(5),
        Deliver(14),
        Wish(7, false),
    ];
    for arrives in [true, false] {
        comes_right(play(opened_late), arrives).unwrap();
    }
}

/// An owner and a follower that shows what the owner shows.
fn two() -> (Browser, u32, u32) {
    let mut browser = Browser::at_some_time();
    let (owner, follower) = (browser.open(), browser.open());
    browser.settle();
    browser.on(owner, TabsEvent::Changed(ready(None)));
    browser.settle();
    assert_eq!(*browser.snapshot(follower), ready(None));
    (browser, owner, follower)
}

#[test]
fn what_a_follower_did_not_hear_it_shows_a_beat_later() {
    let (mut browser, owner, follower) = two();
    browser.on(owner, TabsEvent::Changed(ready(Some(call(1)))));
    browser.lose_all();
    assert_eq!(*browser.snapshot(follower), ready(None));
    browser.live(BEAT_MS);
    assert_eq!(*browser.snapshot(follower), ready(Some(call(1))));
}

#[test]
fn a_question_that_nobody_heard_is_asked_again() {
    let (mut browser, owner, _) = two();
    browser.on(owner, TabsEvent::Changed(ready(Some(call(1)))));
    let late = browser.open();
    browser.lose_all();
    assert!(!browser.tabs[&late].tabs.is_follower());
    browser.live(BEAT_MS);
    assert!(browser.tabs[&late].tabs.is_follower());
    assert_eq!(*browser.snapshot(late), ready(Some(call(1))));
}

#[test]
fn the_late_word_of_an_owner_that_is_gone_holds_for_a_beat_at_most() {
    for clock_is_ahead in [false, true] {
        let mut browser = Browser::at_some_time();
        let (first, second) = (browser.open(), browser.open());
        browser.now_ms += if clock_is_ahead { 3_600_000 } else { 0 };
        browser.lose_all();
        browser.now_ms = 1_001_000;
        browser.live(BEAT_MS);
        let third = browser.open();
        browser.lose_all();
        browser.on(first, TabsEvent::Changed(ready(Some(call(1)))));
        let late = browser.on_the_way.remove(&(third, first)).unwrap();
        browser.close(first);
        browser.settle();
        browser.on(second, TabsEvent::Changed(ready(None)));
        browser.settle();
        for said in late {
            browser.on(third, TabsEvent::Heard(said));
        }
        browser.live(BEAT_MS + TICK_MS);
        assert_eq!(browser.owners(), [second]);
        assert_eq!(*browser.snapshot(third), ready(None), "{clock_is_ahead}");
    }
}

/// Its clock says the same as that of the owner before, or is behind.
#[test]
fn an_owner_that_knows_of_no_other_is_believed_all_the_same() {
    for ahead_ms in [0, 3_600_000] {
        let mut browser = Browser::at_some_time();
        browser.now_ms += ahead_ms;
        let (first, second, third) = (browser.open(), browser.open(), browser.open());
        browser.lose_all();
        browser.live(BEAT_MS);
        browser.on(second, TabsEvent::Leave);
        browser.tabs.insert(second, browser::Tab::default());
        browser.now_ms -= ahead_ms;
        let begin = browser.snapshot(third).clone();
        browser.sign_in(second);
        browser.lose_all();
        browser.close(first);
        // The third one waits for the lock in front of the second, which steals it without having heard of anybody.
        browser.on(second, TabsEvent::Take);
        browser.settle();
        browser.on(second, TabsEvent::Changed(ready(Some(call(2)))));
        browser.live(BEAT_MS);
        assert_ne!(*browser.snapshot(third), begin, "{ahead_ms}");
        assert_eq!(browser.snapshot(third), browser.snapshot(second), "{ahead_ms}");
    }
}

#[test]
fn who_is_robbed_of_a_lock_it_has_not_seen_yet_waits_in_line_again() {
    let (mut browser, first, second) = two();
    let third = browser.open();
    browser.settle();
    browser.on(second, TabsEvent::Take);
    browser.on(third, TabsEvent::Take);
    browser.settle();
    assert_eq!(browser.owners(), [third]);
    // The others' questions do not keep it from asking for the lock.
    browser.live(2 * BEAT_MS);
    browser.close(third);
    browser.close(first);
    browser.settle();
    assert_eq!(browser.owners(), [second]);
}

#[test]
fn a_lock_that_the_browser_refuses_is_not_asked_for_without_end() {
    let mut tabs = Tabs::default();
    tabs.on(TabsEvent::Join { tab: 1, locks: true }, 0);
    let mut requests = 0;
    for now_ms in (0..10 * BEAT_MS).step_by(50) {
        let mut effects = tabs.on(TabsEvent::Lost, now_ms);
        effects.extend(tabs.on(TabsEvent::Tick, now_ms));
        requests += effects.iter().filter(|effect| **effect == TabsEffect::RequestLock).count();
    }
    assert!(requests <= 10, "{requests}");
}

#[test]
fn a_call_gets_the_phone_although_its_first_word_was_lost() {
    for lost in ["claim", "yield"] {
        let (mut browser, first, second) = two();
        browser.on(second, TabsEvent::Dial(dial()));
        if lost == "yield" {
            browser.deliver(1);
        }
        browser.lose_all();
        browser.live(2 * TICK_MS);
        assert_eq!(browser.owners(), [second], "{lost}");
        assert_eq!(browser.tabs[&second].dialled, [dial()], "{lost}");
        assert!(!browser.tabs[&first].has_line, "{lost}");
    }
}

#[test]
fn a_wish_counts_although_the_owner_has_a_later_term_meanwhile() {
    let (mut browser, owner, follower) = two();
    browser.on(owner, TabsEvent::Changed(ready(Some(call(1)))));
    browser.settle();
    browser.on(owner, TabsEvent::Heard(Said::Hello { seen: Term { count: u64::from(u32::MAX), tab: 9 } }));
    browser.on(follower, TabsEvent::Wish(Wish::HangUp));
    browser.settle();
    assert_eq!(browser.tabs[&owner].wished, [Wish::HangUp]);
}

#[test]
fn an_owner_that_falls_silent_is_told_of_and_believed_when_it_speaks() {
    let (mut browser, owner, follower) = two();
    let unheard = |browser: &Browser| browser.tabs.get(&follower).unwrap().tabs.is_unheard(browser.now_ms);
    let hung = browser.tabs.remove(&owner).unwrap();
    browser.live(BEAT_MS + 2_000);
    assert!(!unheard(&browser));
    browser.live(2_000);
    assert!(unheard(&browser));
    browser.tabs.insert(owner, hung);
    browser.settle();
    browser.live(BEAT_MS);
    assert!(!unheard(&browser));
    assert_eq!(*browser.snapshot(follower), ready(None));
}

#[test]
fn a_page_that_slept_asks_before_it_says_that_nobody_answers() {
    let (mut browser, _, follower) = two();
    browser.wait(3_600_000);
    assert!(!browser.tabs[&follower].tabs.is_unheard(browser.now_ms));
    browser.settle();
    browser.live(2 * BEAT_MS);
    assert!(!browser.tabs[&follower].tabs.is_unheard(browser.now_ms));
}

#[test]
fn a_clock_that_is_set_back_delays_nothing() {
    let (mut browser, owner, follower) = two();
    browser.now_ms -= 500_000;
    browser.on(owner, TabsEvent::Changed(ready(Some(call(1)))));
    browser.lose_all();
    browser.live(TICK_MS);
    assert_eq!(*browser.snapshot(follower), ready(Some(call(1))));
}

#[test]
fn a_tab_without_others_says_nothing_and_several_say_little() {
    let mut browser = Browser::at_some_time();
    browser.open();
    browser.settle();
    let sent = browser.sent;
    browser.live(20 * BEAT_MS);
    assert_eq!(browser.sent, sent);

    browser.open();
    browser.settle();
    let sent = browser.sent;
    browser.live(20 * BEAT_MS);
    // A question and an answer a beat.
    assert!(browser.sent - sent <= 2 * 20, "{}", browser.sent - sent);
}
