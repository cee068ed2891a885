//! The call that a handset has.

use tokio::sync::watch;

use super::protocol::{ToPage, reason};
use crate::core::media::MediaKey;
use crate::core::phones::PhoneCallStatus;
use crate::rim::link::{PhoneLeg, PhoneState};

/// The call, and what the page knows of it.
pub(super) struct Call {
    pub(super) sid: String,
    pub(super) media: MediaKey,
    /// It rings at this phone, or did.
    pub(super) incoming: bool,
    state: watch::Receiver<PhoneState>,
    told_answered: bool,
    told_keys: usize,
}

impl Call {
    pub(super) fn new(leg: &PhoneLeg, incoming: bool) -> Self {
        let mut state = leg.state.subscribe();
        // What happened meanwhile is news, too.
        state.mark_changed();
        let sid = leg.info.sid.clone();
        Self { sid, media: leg.media, incoming, state, told_answered: false, told_keys: 0 }
    }

    pub(super) fn status(&self) -> PhoneCallStatus {
        self.state.borrow().status
    }

    /// It rings here and nobody has taken it.
    pub(super) fn rings(&self) -> bool {
        self.incoming && self.status() == PhoneCallStatus::Ringing
    }

    /// Waits until something changes.
    pub(super) async fn changed(&mut self) {
        if self.state.changed().await.is_err() {
            // Nothing comes any more; the emulator stops.
            std::future::pending().await
        }
    }

    /// What the page has not been told yet.
    pub(super) fn news(&mut self) -> Vec<ToPage> {
        let state = self.state.borrow_and_update().clone();
        let call = || self.sid.clone();
        let mut news = Vec::new();
        if state.status == PhoneCallStatus::InCall && !std::mem::replace(&mut self.told_answered, true) {
            news.push(ToPage::Answered { call: call() });
        }
        news.extend(state.keys.chars().skip(self.told_keys).map(|key| ToPage::Key { key }));
        self.told_keys = state.keys.chars().count();
        if let PhoneCallStatus::Ended(why) = state.status {
            news.push(ToPage::Ended { call: call(), reason: reason(why) });
        }
        news
    }
}
