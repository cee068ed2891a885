//! Whatever happens, in the end one tab has the phone and all show it.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::browser::{Browser, TICK_MS};
use super::*;

#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    Open,
    Close(u32),
    SignOut(u32),
    SignIn(u32),
    Wish(u32, bool),
    Take(u32),
    Call(u32, bool),
    Deliver(usize),
    /// What is said is lost.
    Lose(usize),
    /// What is said comes twice.
    Double(usize),
    Wait(u64),
    /// The clock is set back.
    Back(u64),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Open),
        1 => (1..9u32).prop_map(Act::Close),
        1 => (1..9u32).prop_map(Act::SignOut),
        1 => (1..9u32).prop_map(Act::SignIn),
        3 => (1..9u32, any::<bool>()).prop_map(|(tab, dials)| Act::Wish(tab, dials)),
        1 => (1..9u32).prop_map(Act::Take),
        3 => (1..9u32, any::<bool>()).prop_map(|(tab, live)| Act::Call(tab, live)),
        12 => (0..64usize).prop_map(Act::Deliver),
        3 => (0..64usize).prop_map(Act::Lose),
        1 => (0..64usize).prop_map(Act::Double),
        3 => (0..4_000u64).prop_map(Act::Wait),
        1 => (0..20_000u64).prop_map(Act::Back),
    ]
}

pub(super) fn play(acts: &[Act]) -> Browser {
    let mut browser = Browser::at_some_time();
    for act in acts {
        match *act {
            Act::Open => drop(browser.open()),
            Act::Close(tab) => browser.close(tab),
            Act::SignOut(tab) => browser.sign_out(tab),
            Act::SignIn(tab) => browser.sign_in(tab),
            Act::Wish(tab, dials) => {
                browser.on(tab, if dials { TabsEvent::Dial(dial()) } else { TabsEvent::Wish(Wish::HangUp) });
            }
            Act::Take(tab) => browser.on(tab, TabsEvent::Take),
            Act::Call(tab, live) => browser.on(tab, TabsEvent::Changed(ready(live.then(|| call(tab))))),
            Act::Deliver(choice) => drop(browser.deliver(choice)),
            Act::Lose(choice) => browser.disturb(choice, false),
            Act::Double(choice) => browser.disturb(choice, true),
            Act::Wait(ms) => browser.wait(ms),
            Act::Back(ms) => browser.now_ms -= ms.min(browser.now_ms),
        }
    }
    browser
}

/// One tab has the phone, and all show what it shows.
pub(super) fn is_right(browser: &Browser) -> TestCaseResult {
    let tabs = |is: fn(&browser::Tab) -> bool| -> Vec<u32> {
        browser.tabs.iter().filter(|(_, tab)| is(tab)).map(|(tab, _)| *tab).collect()
    };
    let signed_in = tabs(|tab| tab.signed_in);
    let with_line = tabs(|tab| tab.has_line);
    prop_assert_eq!(&browser.owners(), &with_line);
    prop_assert_eq!(with_line.len(), signed_in.len().min(1));
    let mut in_line: Vec<u32> = browser.lock.iter().copied().collect();
    prop_assert_eq!(in_line.first(), with_line.first());
    in_line.sort_unstable();
    prop_assert_eq!(&in_line, &signed_in);
    for tab in signed_in {
        prop_assert_eq!(browser.snapshot(tab), browser.snapshot(with_line[0]), "tab {}", tab);
        prop_assert!(!browser.tabs[&tab].tabs.is_unheard(browser.now_ms), "tab {}", tab);
    }
    Ok(())
}

/// What a beat may cost: every follower asks, perhaps once more for a late word, and is answered.
fn has_cost_little(browser: &Browser, sent_before: usize) -> TestCaseResult {
    let (sent, tabs) =
        (browser.sent - sent_before, browser.tabs.values().filter(|tab| tab.signed_in).count());
    prop_assert!(sent <= 4 * tabs.saturating_sub(1), "{} sayings among {} tabs", sent, tabs);
    Ok(())
}

/// All that is on its way arrives, or nothing; then a beat is enough.
pub(super) fn comes_right(mut browser: Browser, arrives: bool) -> TestCaseResult {
    // The longest that anybody waits for anybody: a claim after the lock was lost, or the way back into the line.
    const LONGEST_WAIT_MS: u64 = 8_000;
    if arrives {
        browser.settle();
        browser.live(LONGEST_WAIT_MS);
    } else {
        browser.lose_all();
        browser.live_deaf(LONGEST_WAIT_MS);
    }
    let sent = browser.sent;
    browser.live(BEAT_MS + TICK_MS);
    is_right(&browser)?;
    has_cost_little(&browser, sent)?;

    // A change that nobody hears of.
    if let Some(&owner) = browser.owners().first() {
        let line = LineStatus::Waking;
        browser.on(owner, TabsEvent::Changed(Snapshot { line, edge: None, call: Some(call(77)) }));
        browser.lose_all();
        let sent = browser.sent;
        browser.live(BEAT_MS + TICK_MS);
        is_right(&browser)?;
        has_cost_little(&browser, sent)?;
    }
    Ok(())
}

proptest! {
    #[test]
    fn in_the_end_one_tab_has_the_phone_and_all_show_it(
        acts in prop::collection::vec(act(), 0..120),
        arrives in any::<bool>(),
    ) {
        comes_right(play(&acts), arrives)?;
    }
}
