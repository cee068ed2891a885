use super::{Message, Snapshot};
use crate::model::{Call, CallEvent, Leg};

/// An owner that does not answer for so long is asked no more: its tab hangs.
const CLAIM_LIMIT_MS: u64 = 1_200;
/// A tab that was given the phone and does not take it is gone.
const YIELD_LIMIT_MS: u64 = 2_000;
/// An owner that a new tab hears nothing of for so long is told of.
const SILENCE_LIMIT_MS: u64 = 3_000;

/// What happens to a tab.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TabsEvent {
    /// Somebody is signed in. `tab` is any number that no other tab has; `locks`: the browser has Web Locks.
    Join {
        tab: u32,
        locks: bool,
    },
    /// Nobody is signed in any more.
    Leave,
    /// This tab holds the lock.
    Granted,
    /// Another tab has taken it.
    Lost,
    Heard(Message),
    /// What the user of this tab wants, which is not the owner.
    Wish(CallEvent),
    /// The owner's own state, new or not.
    Changed(Snapshot),
    /// The user wants the line to be tried now.
    Retry,
    /// The user wants the phone here, whatever the owner says.
    Take,
    Tick,
}

/// What the machine wants done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TabsEffect {
    /// Wait in line for the lock.
    RequestLock,
    /// Take the lock from whoever has it.
    StealLock,
    /// Let it go, or wait for it no more.
    ReleaseLock,
    Send(Message),
    /// This tab has the phone from now on.
    StartLine,
    /// Not any more: no Device, no call.
    StopLine,
    /// The line is to be tried now.
    Retry,
    /// The call that the former owner left.
    Inherit(Call),
    /// What a user wants, of the call with this leg.
    Do {
        leg: Option<Leg>,
        event: CallEvent,
    },
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
enum Role {
    #[default]
    Out,
    /// Waits for the lock; shows what the owner tells.
    Follower {
        /// When it began to wait for the first word of an owner.
        unheard_since_ms: Option<u64>,
        claim: Option<Claim>,
    },
    Owner,
    /// Still holds the lock, but has let go of the phone for another tab.
    Yielding {
        until_ms: u64,
    },
    /// There are no locks: a phone of its own.
    Alone,
}

/// The call that this tab wants the phone for.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Claim {
    dial: CallEvent,
    until_ms: u64,
    /// The owner agrees.
    agreed: bool,
}

/// One tab among those of its browser.
#[derive(Clone, Debug, Default)]
pub struct Tabs {
    role: Role,
    tab: u32,
    /// Counts owners. Each has a higher one than all before, as far as it knows.
    term: u64,
    serial: u32,
    /// There are other tabs.
    audience: bool,
    snapshot: Snapshot,
}

impl Tabs {
    /// This tab has the phone, or nobody may.
    pub fn is_owner(&self) -> bool {
        matches!(self.role, Role::Owner | Role::Alone)
    }

    /// Another tab has the phone.
    pub fn is_follower(&self) -> bool {
        matches!(self.role, Role::Follower { unheard_since_ms: None, .. } | Role::Yielding { .. })
    }

    /// There is no other tab to share the phone with, because this browser or this address has no locks.
    pub fn is_alone(&self) -> bool {
        self.role == Role::Alone
    }

    /// Another tab has the phone and says nothing.
    pub fn is_unheard(&self, now_ms: u64) -> bool {
        matches!(self.role, Role::Follower { unheard_since_ms: Some(since_ms), .. }
            if now_ms.saturating_sub(since_ms) > SILENCE_LIMIT_MS)
    }

    /// What to show.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Takes an event; returns what must be done, in order.
    pub fn on(&mut self, event: TabsEvent, now_ms: u64) -> Vec<TabsEffect> {
        match event {
            TabsEvent::Join { tab, locks } => self.join(tab, locks, now_ms),
            TabsEvent::Leave => {
                *self = Self { term: self.term, ..Self::default() };
                vec![TabsEffect::ReleaseLock]
            }
            TabsEvent::Granted => self.granted(now_ms),
            TabsEvent::Lost => self.lost(now_ms),
            TabsEvent::Heard(message) => self.heard(message, now_ms),
            TabsEvent::Wish(event) => self.wish(event, now_ms),
            TabsEvent::Changed(snapshot) => {
                if !self.is_owner() || self.snapshot == snapshot {
                    return Vec::new();
                }
                self.snapshot = snapshot;
                if self.audience { vec![self.state()] } else { Vec::new() }
            }
            TabsEvent::Retry if self.is_owner() => vec![TabsEffect::Retry],
            TabsEvent::Retry => vec![TabsEffect::Send(Message::Retry)],
            TabsEvent::Take if matches!(self.role, Role::Follower { .. }) => {
                self.audience = true;
                vec![TabsEffect::StealLock]
            }
            TabsEvent::Take => Vec::new(),
            TabsEvent::Tick => self.tick(now_ms),
        }
    }

    fn join(&mut self, tab: u32, locks: bool, now_ms: u64) -> Vec<TabsEffect> {
        self.tab = tab;
        self.snapshot = Snapshot::default();
        if !locks {
            self.role = Role::Alone;
            return vec![TabsEffect::StartLine];
        }
        self.role = Role::Follower { unheard_since_ms: Some(now_ms), claim: None };
        vec![TabsEffect::RequestLock, TabsEffect::Send(Message::Hello { seen: self.term })]
    }

    fn granted(&mut self, now_ms: u64) -> Vec<TabsEffect> {
        let Role::Follower { claim, .. } = &mut self.role else { return Vec::new() };
        let claim = claim.take();
        self.role = Role::Owner;
        // The clock, for a tab that has heard of nobody.
        self.term = now_ms.max(self.term.saturating_add(1));
        self.serial = 0;
        let mut effects = vec![TabsEffect::StartLine];
        effects.extend(self.snapshot.call.take().map(TabsEffect::Inherit));
        effects.extend(claim.map(|claim| TabsEffect::Do { leg: None, event: claim.dial }));
        self.snapshot = Snapshot::default();
        effects.push(self.state());
        effects
    }

    fn lost(&mut self, now_ms: u64) -> Vec<TabsEffect> {
        let was_owner = match self.role {
            Role::Owner => true,
            Role::Yielding { .. } => false,
            Role::Out | Role::Follower { .. } | Role::Alone => return Vec::new(),
        };
        // An owner that was robbed has heard nothing of the new one; one that yielded may have.
        self.role = Role::Follower { unheard_since_ms: was_owner.then_some(now_ms), claim: None };
        let mut effects = Vec::new();
        if was_owner {
            self.snapshot = Snapshot::default();
            effects.push(TabsEffect::StopLine);
        }
        effects.extend([TabsEffect::RequestLock, TabsEffect::Send(Message::Hello { seen: self.term })]);
        effects
    }

    fn heard(&mut self, message: Message, now_ms: u64) -> Vec<TabsEffect> {
        self.audience = true;
        match (message, &mut self.role) {
            (_, Role::Out | Role::Alone) => Vec::new(),
            (Message::Hello { seen }, Role::Owner) => {
                // An asker that knows a later owner than this one believes this one when its term is higher still.
                self.term = self.term.max(seen.saturating_add(u64::from(seen > self.term)));
                vec![self.state()]
            }
            // A former owner that has not noticed yet, and whom the others must not believe. The other way round it is
            // this one: the news of the lock is on its way.
            (Message::State { term, .. }, Role::Owner) if term < self.term => vec![self.state()],
            (Message::State { .. }, Role::Owner) => Vec::new(),
            (Message::State { term, serial, snapshot }, _) => self.follow(term, serial, snapshot),
            (Message::Wish { term, leg, event }, Role::Owner) if term == self.term => {
                vec![TabsEffect::Do { leg, event }]
            }
            (Message::Retry, Role::Owner) => vec![TabsEffect::Retry],
            (Message::Claim { .. }, Role::Owner) if self.snapshot.is_in_call() => vec![self.state()],
            (Message::Claim { tab }, Role::Owner) => {
                self.role = Role::Yielding { until_ms: now_ms + YIELD_LIMIT_MS };
                self.snapshot.call = None;
                vec![TabsEffect::StopLine, TabsEffect::Send(Message::Yield { tab })]
            }
            (Message::Yield { tab }, Role::Follower { claim: Some(claim), .. })
                if tab == self.tab && !claim.agreed =>
            {
                claim.agreed = true;
                vec![TabsEffect::StealLock]
            }
            _ => Vec::new(),
        }
    }

    /// A follower hears an owner.
    fn follow(&mut self, term: u64, serial: u32, snapshot: Snapshot) -> Vec<TabsEffect> {
        if term < self.term {
            return vec![TabsEffect::Send(Message::Hello { seen: self.term })];
        }
        if (term, serial) < (self.term, self.serial) {
            return Vec::new();
        }
        (self.term, self.serial) = (term, serial);
        self.snapshot = snapshot;
        let in_call = self.snapshot.is_in_call();
        if let Role::Follower { unheard_since_ms, claim } = &mut self.role {
            *unheard_since_ms = None;
            // Somebody was faster.
            if in_call && claim.as_ref().is_some_and(|claim| !claim.agreed) {
                *claim = None;
            }
        }
        Vec::new()
    }

    fn wish(&mut self, event: CallEvent, now_ms: u64) -> Vec<TabsEffect> {
        let Role::Follower { claim, .. } = &mut self.role else { return Vec::new() };
        if !matches!(event, CallEvent::Dial { .. }) {
            let leg = self.snapshot.call.as_ref().map(|call| call.leg);
            return vec![TabsEffect::Send(Message::Wish { term: self.term, leg, event })];
        }
        if self.snapshot.is_in_call() || claim.is_some() {
            return Vec::new();
        }
        *claim = Some(Claim { dial: event, until_ms: now_ms + CLAIM_LIMIT_MS, agreed: false });
        vec![TabsEffect::Send(Message::Claim { tab: self.tab })]
    }

    fn tick(&mut self, now_ms: u64) -> Vec<TabsEffect> {
        match &mut self.role {
            Role::Follower { claim: Some(claim), .. } if !claim.agreed && now_ms >= claim.until_ms => {
                claim.agreed = true;
                vec![TabsEffect::StealLock]
            }
            Role::Yielding { until_ms } if now_ms >= *until_ms => {
                self.role = Role::Owner;
                self.term = self.term.saturating_add(1);
                vec![TabsEffect::StartLine, self.state()]
            }
            _ => Vec::new(),
        }
    }

    fn state(&mut self) -> TabsEffect {
        self.serial += 1;
        TabsEffect::Send(Message::State {
            term: self.term,
            serial: self.serial,
            snapshot: self.snapshot.clone(),
        })
    }
}
