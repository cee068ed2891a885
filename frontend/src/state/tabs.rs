//! The desk of the tabs: which of them has the phone, and what they tell each other.

use shared::PhoneNumber;

use super::core::Event;
use super::lasting::{Lasting, Shown};
use super::{Phone, SessionState};
use crate::browser::channel::Channel;
use crate::browser::locks::{Lock, LockNews};
use crate::browser::{clock, page, random};
use crate::model::{CallEvent, LineEvent, Snapshot, Tabs, TabsEffect, TabsEvent, Wish, tabs};

/// Which tab of this browser has the phone.
#[derive(Clone, Copy)]
pub(crate) struct TabsDesk {
    /// Another one has it; this one shows and steers it.
    pub(crate) elsewhere: Shown<bool>,
    shown: Lasting<bool>,
}

impl TabsDesk {
    pub(super) fn new() -> Self {
        let elsewhere = Lasting::new(false);
        Self { elsewhere: elsewhere.shown(), shown: elsewhere }
    }

    /// The Device is in this tab: it is the one that tells of calls.
    pub(super) fn has_it_here(self) -> bool {
        !self.elsewhere.get()
    }

    pub(super) fn show(self, elsewhere: bool) {
        self.shown.show(elsewhere);
    }
}

/// The model and the objects of the browser.
#[derive(Default)]
pub(super) struct Held {
    tabs: Tabs,
    /// The line's lock, held or waited for.
    lock: Option<Lock>,
    /// Among the tabs that are signed in to the line.
    channel: Option<Channel>,
}

impl Held {
    pub(super) fn on(&mut self, event: TabsEvent, now_ms: u64) -> Vec<TabsEffect> {
        self.tabs.on(event, now_ms)
    }

    /// This tab has the phone.
    pub(super) fn is_owner(&self) -> bool {
        self.tabs.is_owner()
    }

    pub(super) fn is_follower(&self) -> bool {
        self.tabs.is_follower()
    }

    /// Nothing was heard of the tab that has it.
    pub(super) fn is_unheard(&self, now_ms: u64) -> bool {
        self.tabs.is_unheard(now_ms)
    }

    /// What is to be shown.
    pub(super) fn snapshot(&self) -> &Snapshot {
        self.tabs.snapshot()
    }
}

impl Phone {
    /// The user wants the phone in this tab, whatever the tab that has it says.
    pub(crate) fn take_over(self) {
        self.feed_tabs(TabsEvent::Take);
    }

    /// The user does not want to wait for the next attempt.
    pub(super) fn retry(self) {
        self.feed_tabs(TabsEvent::Retry);
    }

    /// Each tab is a phone of its own, for the browser does not let them share one here.
    pub(crate) fn is_alone(self) -> bool {
        self.with(|core| core.tabs.tabs.is_alone())
    }

    pub(super) fn feed_tabs(self, event: TabsEvent) {
        self.feed(Event::Tabs(Box::new(event)));
    }

    /// Somebody has signed in: finds out which tab has the phone.
    pub(super) fn join_tabs(self, line: &PhoneNumber) {
        self.preferences_changed();
        // Tabs of different versions of this page would not understand each other.
        let name = format!("sidetone {} {line}", page::build().unwrap_or_default());
        let channel = Channel::open(&name, move |bytes| {
            if let Some(said) = tabs::unstamped(&bytes, clock::now_ms()) {
                self.feed_tabs(TabsEvent::Heard(said));
            }
        });
        // Without a channel, tabs with locks would only shut each other out.
        let locks = channel.is_some() && Lock::is_available();
        self.with(|core| core.tabs.channel = channel);
        self.feed_tabs(TabsEvent::Join { tab: random::seed(), locks });
    }

    pub(super) fn leave_tabs(self) {
        self.feed_tabs(TabsEvent::Leave);
        drop(self.with(|core| core.tabs.channel.take()));
    }

    pub(super) fn run_tabs(self, effect: TabsEffect) {
        match effect {
            TabsEffect::RequestLock => self.request_lock(false),
            TabsEffect::StealLock => self.request_lock(true),
            TabsEffect::ReleaseLock => drop(self.with(|core| core.tabs.lock.take())),
            TabsEffect::Say(said) => {
                let bytes = tabs::stamped(&said, clock::now_ms());
                self.with(|core| core.tabs.channel.as_ref().map(|channel| channel.send(&bytes)));
            }
            TabsEffect::StartLine => self.start_line(),
            TabsEffect::Retry => self.feed_line(LineEvent::Retry),
            TabsEffect::StopLine => self.stop_line(),
            TabsEffect::Inherit(call) => {
                let leg = self.next_leg();
                self.feed(Event::Call(CallEvent::Inherit { leg, call: Box::new(call) }));
            }
            TabsEffect::Dial(call) => self.dial_here(call),
            TabsEffect::Grant { leg, wish } => {
                if self.with(|core| core.calls.call().map(|call| call.leg)) == leg {
                    self.feed(Event::Call(CallEvent::Wish(wish)));
                }
            }
        }
    }

    fn start_line(self) {
        self.preferences_changed();
        self.feed_line(LineEvent::Network(page::has_network()));
        self.feed_line(LineEvent::Start { seed: random::seed() });
    }

    /// No Device and no call in this tab any more.
    pub(super) fn stop_line(self) {
        self.ring_no_more();
        self.feed_line(LineEvent::Stop);
        self.feed(Event::Call(CallEvent::Wish(Wish::HangUp)));
        self.feed(Event::Call(CallEvent::Wish(Wish::Dismiss)));
    }

    fn request_lock(self, steal: bool) {
        let line = self.session.state.with_untracked(|session| match session {
            SessionState::SignedIn(session) => session.phone_number.to_string(),
            SessionState::Loading | SessionState::Unknown(_) | SessionState::SignedOut => String::new(),
        });
        let name = format!("sidetone {} {line}", page::base());
        // The former one is let go of first: it may be waiting in front of this one.
        drop(self.with(|core| core.tabs.lock.take()));
        let lock = Lock::request(&name, steal, move |news| {
            self.feed_tabs(match news {
                LockNews::Granted => TabsEvent::Granted,
                LockNews::Lost => TabsEvent::Lost,
                LockNews::Forbidden => {
                    self.leave_tabs();
                    TabsEvent::Join { tab: random::seed(), locks: false }
                }
            });
        });
        self.with(|core| core.tabs.lock = lock);
    }
}
