//! What the outside may know about the exchange at any time, without asking it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::core::call::CallInfo;
use crate::core::media::MediaKey;
use crate::core::phones::PhoneCallStatus;

/// A phone's leg, as its handle needs it.
#[derive(Debug, Clone)]
pub struct PhoneLeg {
    /// The leg at its beginning.
    pub info: CallInfo,
    /// Its audio.
    pub media: MediaKey,
    /// Where it stands.
    pub state: watch::Sender<PhoneState>,
}

/// Where a phone's leg stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneState {
    /// Where it stands.
    pub status: PhoneCallStatus,
    /// Keys heard so far.
    pub keys: String,
}

/// Shared knowledge. Clones are the same board.
#[derive(Debug, Clone)]
pub struct Board {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    facts: Mutex<Facts>,
    changed: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Facts {
    registrations: HashMap<String, usize>,
    calls: Vec<CallInfo>,
    phone_legs: HashMap<String, PhoneLeg>,
    /// Legs that ring at manual phones, by number.
    ringing: HashMap<String, VecDeque<String>>,
}

impl Default for Board {
    fn default() -> Self {
        Self { shared: Arc::new(Shared { facts: Mutex::default(), changed: watch::Sender::new(0) }) }
    }
}

impl Board {
    fn facts(&self) -> MutexGuard<'_, Facts> {
        self.shared.facts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes everybody who waits.
    pub fn announce(&self) {
        self.shared.changed.send_modify(|version| *version += 1);
    }

    /// Waits until `look` finds something.
    pub async fn wait<T>(&self, timeout: Duration, look: impl Fn() -> Option<T>) -> Option<T> {
        let mut changed = self.shared.changed.subscribe();
        let search = async {
            loop {
                changed.borrow_and_update();
                if let Some(found) = look() {
                    return Some(found);
                }
                if changed.changed().await.is_err() {
                    return None;
                }
            }
        };
        tokio::time::timeout(timeout, search).await.ok().flatten()
    }

    /// How many sockets of an identity can be called.
    #[must_use]
    pub fn registrations(&self, identity: &str) -> usize {
        self.facts().registrations.get(identity).copied().unwrap_or(0)
    }

    /// All legs since the start, oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<CallInfo> {
        self.facts().calls.clone()
    }

    /// A phone's leg.
    #[must_use]
    pub fn phone_leg(&self, sid: &str) -> Option<PhoneLeg> {
        self.facts().phone_legs.get(sid).cloned()
    }

    /// Takes the oldest leg that rings at a manual phone and has not been taken.
    #[must_use]
    pub fn take_ringing(&self, number: &str) -> Option<PhoneLeg> {
        let mut facts = self.facts();
        loop {
            let sid = facts.ringing.get_mut(number)?.pop_front()?;
            let leg = facts.phone_legs.get(&sid).cloned()?;
            if leg.state.borrow().status == PhoneCallStatus::Ringing {
                return Some(leg);
            }
        }
    }

    /// Gives back a leg that was taken and still rings.
    pub fn ring_again(&self, number: &str, sid: String) {
        self.facts().ringing.entry(number.to_owned()).or_default().push_front(sid);
        self.announce();
    }

    pub(crate) fn set_registrations(&self, identity: String, count: usize) {
        self.facts().registrations.insert(identity, count);
        self.announce();
    }

    pub(crate) fn set_call(&self, info: CallInfo) {
        let mut facts = self.facts();
        match facts.calls.iter_mut().rev().find(|known| known.sid == info.sid) {
            Some(known) => *known = info,
            None => facts.calls.push(info),
        }
        drop(facts);
        self.announce();
    }

    pub(crate) fn add_phone_leg(&self, info: CallInfo, number: String, media: MediaKey, rings: bool) {
        let sid = info.sid.clone();
        let state = PhoneState { status: PhoneCallStatus::Ringing, keys: String::new() };
        let leg = PhoneLeg { info, media, state: watch::Sender::new(state) };
        let mut facts = self.facts();
        facts.phone_legs.insert(sid.clone(), leg);
        if rings {
            facts.ringing.entry(number).or_default().push_back(sid);
        }
        drop(facts);
        self.announce();
    }

    pub(crate) fn change_phone_leg(&self, sid: &str, change: impl FnOnce(&mut PhoneState)) {
        let facts = self.facts();
        if let Some(leg) = facts.phone_legs.get(sid) {
            leg.state.send_modify(change);
        }
        drop(facts);
        self.announce();
    }
}
