use leptos::task::spawn_local;
use shared::PhoneNumber;

use super::core::Event;
use super::{Phone, SessionState};
use crate::api;
use crate::browser::channel::Channel;
use crate::browser::locks::{Lock, LockNews};
use crate::browser::{clock, page, random};
use crate::model::{CallEvent, LineEvent, TabsEffect, TabsEvent, Wish, tabs};
use crate::text;

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
        self.with(|core| core.tabs.is_alone())
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
        self.with(|core| core.tabs_channel = channel);
        self.feed_tabs(TabsEvent::Join { tab: random::seed(), locks });
    }

    pub(super) fn leave_tabs(self) {
        self.feed_tabs(TabsEvent::Leave);
        drop(self.with(|core| core.tabs_channel.take()));
    }

    pub(super) fn run_tabs(self, effect: TabsEffect) {
        match effect {
            TabsEffect::RequestLock => self.request_lock(false),
            TabsEffect::StealLock => self.request_lock(true),
            TabsEffect::ReleaseLock => drop(self.with(|core| core.lock.take())),
            TabsEffect::Say(said) => {
                let bytes = tabs::stamped(&said, clock::now_ms());
                self.with(|core| core.tabs_channel.as_ref().map(|channel| channel.send(&bytes)));
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
        let line = self.session.with_untracked(|session| match session {
            SessionState::SignedIn(session) => session.phone_number.to_string(),
            SessionState::Loading | SessionState::Unknown(_) | SessionState::SignedOut => String::new(),
        });
        let name = format!("sidetone {} {line}", page::base());
        // The former one is let go of first: it may be waiting in front of this one.
        drop(self.with(|core| core.lock.take()));
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
        self.with(|core| core.lock = lock);
    }

    /// Hears of it when another tab signs in or out.
    pub(super) fn listen_for_sessions(self) {
        let name = format!("sidetone {}", page::base());
        let channel = Channel::open(&name, move |_| self.look_at_the_session());
        self.with(|core| core.session_channel = channel);
    }

    /// Tells the other tabs that somebody has signed in or out.
    pub(super) fn session_has_changed(self) {
        self.with(|core| core.session_channel.as_ref().map(|channel| channel.send(&[])));
    }

    fn look_at_the_session(self) {
        spawn_local(async move {
            let Ok(session) = api::session().await else { return };
            let shown = self.session.get_untracked();
            match (session, shown) {
                (Some(session), SessionState::SignedIn(shown)) if session == shown => {}
                // A call is finished first; then the next token is refused.
                (_, SessionState::SignedIn(_)) if self.with(|core| core.calls.is_live()) => {}
                (Some(session), SessionState::SignedIn(_)) => {
                    self.end_session(None);
                    self.signed_in(session);
                }
                (Some(session), SessionState::SignedOut) => self.signed_in(session),
                (None, SessionState::SignedIn(_)) => self.end_session(Some(text::sign_in::signed_out())),
                (_, SessionState::Loading | SessionState::Unknown(_)) | (None, SessionState::SignedOut) => {}
            }
        });
    }
}
