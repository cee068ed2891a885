//! A browser with its lock and what is on its way between its tabs.

use std::collections::{BTreeMap, VecDeque};

use super::super::*;
use crate::model::{Call, Outgoing, Wish};

/// As often as a page looks at the time.
pub(super) const TICK_MS: u64 = 250;

/// A browser: its tabs, its lock, and what is on its way from one tab to another.
#[derive(Default)]
pub(super) struct Browser {
    pub(super) tabs: BTreeMap<u32, Tab>,
    /// Who has the lock, then who waits for it.
    pub(super) lock: VecDeque<u32>,
    /// By receiver and sender, for only what one tab says to another keeps its order.
    pub(super) on_the_way: BTreeMap<(u32, u32), VecDeque<Said>>,
    /// News of the lock, which may come late, but in order.
    pub(super) lock_news: VecDeque<(u32, TabsEvent)>,
    pub(super) now_ms: u64,
    opened: u32,
    joined: u32,
    /// How often something was said.
    pub(super) sent: usize,
}

#[derive(Default)]
pub(super) struct Tab {
    pub(super) tabs: Tabs,
    pub(super) signed_in: bool,
    pub(super) has_line: bool,
    pub(super) wished: Vec<Wish>,
    pub(super) dialled: Vec<Outgoing>,
    pub(super) inherited: Option<Call>,
    pub(super) retries: u32,
}

impl Browser {
    pub(super) fn at_some_time() -> Self {
        Self { now_ms: 1_000_000, ..Self::default() }
    }

    pub(super) fn open(&mut self) -> u32 {
        self.opened += 1;
        let tab = self.opened;
        self.tabs.insert(tab, Tab::default());
        self.sign_in(tab);
        tab
    }

    /// Each time with a number of its own.
    pub(super) fn sign_in(&mut self, tab: u32) {
        if self.tabs.get(&tab).is_some_and(|tab| !tab.signed_in) {
            self.joined += 1;
            self.tabs.get_mut(&tab).unwrap().signed_in = true;
            self.on(tab, TabsEvent::Join { tab: self.joined, locks: true });
        }
    }

    pub(super) fn sign_out(&mut self, tab: u32) {
        self.on(tab, TabsEvent::Leave);
        if let Some(tab) = self.tabs.get_mut(&tab) {
            (tab.signed_in, tab.has_line) = (false, false);
        }
    }

    /// The tab is closed or crashes: nothing of it comes any more.
    pub(super) fn close(&mut self, tab: u32) {
        self.tabs.remove(&tab);
        self.release(tab);
        self.on_the_way.retain(|(to, _), _| *to != tab);
    }

    pub(super) fn on(&mut self, tab: u32, event: TabsEvent) {
        let Some(state) = self.tabs.get_mut(&tab) else { return };
        for effect in state.tabs.on(event, self.now_ms) {
            let state = self.tabs.get_mut(&tab).unwrap();
            match effect {
                TabsEffect::RequestLock => {
                    self.release(tab);
                    self.lock.push_back(tab);
                    if self.lock.len() == 1 {
                        self.lock_news.push_back((tab, TabsEvent::Granted));
                    }
                }
                TabsEffect::StealLock => {
                    // The page lets go of its own first.
                    self.release(tab);
                    if let Some(&robbed) = self.lock.front() {
                        self.lock_news.retain(|(to, _)| *to != robbed);
                        self.lock_news.push_back((robbed, TabsEvent::Lost));
                        self.lock.pop_front();
                    }
                    self.lock.push_front(tab);
                    self.lock_news.push_back((tab, TabsEvent::Granted));
                }
                TabsEffect::ReleaseLock => self.release(tab),
                TabsEffect::Say(said) => {
                    self.sent += 1;
                    let said = Said::from_bytes(&said.to_bytes()).unwrap();
                    for to in self.tabs.keys().filter(|to| **to != tab) {
                        self.on_the_way.entry((*to, tab)).or_default().push_back(said.clone());
                    }
                }
                TabsEffect::StartLine => state.has_line = true,
                TabsEffect::StopLine => state.has_line = false,
                TabsEffect::Inherit(call) => state.inherited = Some(call),
                TabsEffect::Retry => state.retries += 1,
                TabsEffect::Grant { wish, .. } => state.wished.push(wish),
                TabsEffect::Dial(call) => state.dialled.push(call),
            }
        }
    }

    pub(super) fn release(&mut self, tab: u32) {
        let held = self.lock.front() == Some(&tab);
        self.lock.retain(|waiting| *waiting != tab);
        self.lock_news.retain(|(to, _)| *to != tab);
        if held && let Some(&next) = self.lock.front() {
            self.lock_news.push_back((next, TabsEvent::Granted));
        }
    }

    /// Delivers one thing that is on its way; which one, `choice` says. False when nothing is.
    pub(super) fn deliver(&mut self, choice: usize) -> bool {
        let busy = self.busy();
        if choice.is_multiple_of(busy.len() + 1)
            && let Some((tab, news)) = self.lock_news.pop_front()
        {
            self.on(tab, news);
            return true;
        }
        let Some(way) = busy.get(choice % busy.len().max(1)) else { return !self.lock_news.is_empty() };
        let said = self.on_the_way.get_mut(way).and_then(VecDeque::pop_front).unwrap();
        self.on(way.0, TabsEvent::Heard(said));
        true
    }

    fn busy(&self) -> Vec<(u32, u32)> {
        self.on_the_way.iter().filter(|(_, queue)| !queue.is_empty()).map(|(way, _)| *way).collect()
    }

    /// Something said never arrives, or arrives twice.
    pub(super) fn disturb(&mut self, choice: usize, twice: bool) {
        let busy = self.busy();
        let Some(way) = busy.get(choice % busy.len().max(1)) else { return };
        let queue = self.on_the_way.get_mut(way).unwrap();
        let said = queue.pop_front().unwrap();
        if twice {
            queue.push_front(said.clone());
            queue.push_back(said);
        }
    }

    /// Nothing of what is on its way arrives, but the news of the lock.
    pub(super) fn lose_all(&mut self) {
        self.on_the_way.clear();
        while let Some((tab, news)) = self.lock_news.pop_front() {
            self.on(tab, news);
            self.on_the_way.clear();
        }
    }

    /// Time goes on as in a page that is seen, and all arrives.
    pub(super) fn live(&mut self, ms: u64) {
        for _ in 0..ms / TICK_MS {
            self.wait(TICK_MS);
            self.settle();
        }
    }

    /// The same, and nothing arrives.
    pub(super) fn live_deaf(&mut self, ms: u64) {
        for _ in 0..ms / TICK_MS {
            self.wait(TICK_MS);
            self.lose_all();
        }
    }

    pub(super) fn settle(&mut self) {
        for _ in 0..10_000 {
            if !self.deliver(0) {
                return;
            }
        }
        panic!("the tabs talk for ever");
    }

    pub(super) fn wait(&mut self, ms: u64) {
        self.now_ms += ms;
        for tab in self.tabs.keys().copied().collect::<Vec<_>>() {
            self.on(tab, TabsEvent::Tick);
        }
    }

    pub(super) fn snapshot(&self, tab: u32) -> &Snapshot {
        self.tabs[&tab].tabs.snapshot()
    }

    pub(super) fn owners(&self) -> Vec<u32> {
        self.tabs.iter().filter(|(_, tab)| tab.tabs.is_owner()).map(|(tab, _)| *tab).collect()
    }
}
