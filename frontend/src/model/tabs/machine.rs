use super::role::{BEAT_MS, Claim, Following, Role, has_passed};
use super::{Said, Snapshot, Term};
use crate::model::{Call, Leg, Outgoing, Wish};

/// An owner that does not answer for so long is asked no more: its tab hangs.
const CLAIM_LIMIT_MS: u64 = 1_200;
/// A tab that was given the phone and does not take it is gone.
const YIELD_LIMIT_MS: u64 = 2_000;

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
    Heard(Said),
    /// What the user of this tab wants, which is not the owner.
    Wish(Wish),
    /// The user of such a tab wants to make a call.
    Dial(Outgoing),
    /// The owner's own state, new or not.
    Changed(Snapshot),
    /// The user wants the line to be tried now.
    Retry,
    /// The user wants the phone here, whatever the owner says.
    Take,
    /// Some time has passed, or somebody looks at this tab again.
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
    Say(Said),
    /// This tab has the phone from now on.
    StartLine,
    /// Not any more: no Device, no call.
    StopLine,
    /// The line is to be tried now.
    Retry,
    /// The call that the former owner left.
    Inherit(Call),
    /// What a user wants, of the call with this leg.
    Grant {
        leg: Option<Leg>,
        wish: Wish,
    },
    /// The call that this tab was given the phone for.
    Dial(Outgoing),
}

/// One tab among those of its browser.
///
/// Who has the phone, the lock decides. What the others show they hear from the owner, and whatever is said may be lost, late,
/// or from a tab that is gone. So whoever has heard nothing for a beat asks; and an owner that is asked by somebody who
/// knows a later term than its own takes one that is later still, which all believe.
#[derive(Clone, Debug, Default)]
pub struct Tabs {
    role: Role,
    tab: u32,
    /// The latest that this tab knows.
    term: Term,
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
        matches!(self.role, Role::Follower(Following { heard: true, .. }) | Role::Yielding { .. })
    }

    /// There is no other tab to share the phone with, because this browser or this address has no locks.
    pub fn is_alone(&self) -> bool {
        self.role == Role::Alone
    }

    /// Another tab has the phone and says nothing.
    pub fn is_unheard(&self, now_ms: u64) -> bool {
        matches!(&self.role, Role::Follower(following) if following.is_unheard(now_ms))
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
            TabsEvent::Heard(said) => self.heard(said, now_ms),
            TabsEvent::Wish(wish) => self.wish(wish),
            TabsEvent::Dial(call) => self.dial(call, now_ms),
            TabsEvent::Changed(snapshot) => {
                if !self.is_owner() || self.snapshot == snapshot {
                    return Vec::new();
                }
                self.snapshot = snapshot;
                if self.audience { vec![self.state()] } else { Vec::new() }
            }
            TabsEvent::Retry if self.is_owner() => vec![TabsEffect::Retry],
            TabsEvent::Retry => vec![TabsEffect::Say(Said::Retry)],
            TabsEvent::Take if matches!(self.role, Role::Follower(_)) => {
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
        self.role = Role::Follower(Following::new(false, now_ms));
        vec![TabsEffect::RequestLock, self.hello()]
    }

    fn granted(&mut self, now_ms: u64) -> Vec<TabsEffect> {
        let Role::Follower(following) = &mut self.role else { return Vec::new() };
        let claim = following.claim.take();
        self.role = Role::Owner;
        // The clock, for a tab that has heard of nobody.
        self.term = Term { count: now_ms.max(self.term.count.saturating_add(1)), tab: self.tab };
        self.serial = 0;
        let mut effects = vec![TabsEffect::StartLine];
        effects.extend(self.snapshot.call.take().map(TabsEffect::Inherit));
        effects.extend(claim.map(|claim| TabsEffect::Dial(claim.call)));
        self.snapshot = Snapshot::default();
        effects.push(self.state());
        effects
    }

    fn lost(&mut self, now_ms: u64) -> Vec<TabsEffect> {
        let was_owner = match &mut self.role {
            Role::Owner => true,
            Role::Yielding { .. } => false,
            // Robbed before it knew that it had the lock: it must wait in line again, and ask the new owner for what it
            // wanted. A beat later, for where locks are forbidden this comes at once, every time.
            Role::Follower(following) => {
                following.out_of_line_since_ms = Some(now_ms);
                if let Some(claim) = &mut following.claim {
                    (claim.agreed, claim.since_ms) = (false, now_ms);
                }
                return Vec::new();
            }
            Role::Out | Role::Alone => return Vec::new(),
        };
        // An owner that was robbed has heard nothing of the new one; one that yielded may have.
        self.role = Role::Follower(Following::new(!was_owner, now_ms));
        let mut effects = Vec::new();
        if was_owner {
            self.snapshot = Snapshot::default();
            effects.push(TabsEffect::StopLine);
        }
        effects.extend([TabsEffect::RequestLock, self.hello()]);
        effects
    }

    fn heard(&mut self, said: Said, now_ms: u64) -> Vec<TabsEffect> {
        self.audience = true;
        match (said, &mut self.role) {
            (_, Role::Out | Role::Alone) => Vec::new(),
            (Said::Hello { seen }, Role::Owner) => {
                // The asker believes nothing earlier than what it has seen, whoever said that.
                if seen > self.term {
                    self.term = Term { count: seen.count.saturating_add(1), tab: self.tab };
                }
                vec![self.state()]
            }
            // A former owner that has not noticed yet, and whom the others must not believe. The other way round it is
            // this one: the news of the lock is on its way.
            (Said::State { term, .. }, Role::Owner) if term < self.term => vec![self.state()],
            (Said::State { .. }, Role::Owner) => Vec::new(),
            (Said::State { term, serial, snapshot }, _) => self.follow(term, serial, snapshot, now_ms),
            (Said::Wish { owner, leg, wish }, Role::Owner) if owner == self.tab => {
                vec![TabsEffect::Grant { leg, wish }]
            }
            (Said::Retry, Role::Owner) => vec![TabsEffect::Retry],
            (Said::Claim { .. }, Role::Owner) if self.snapshot.is_in_call() => vec![self.state()],
            (Said::Claim { tab }, Role::Owner) => {
                self.role = Role::Yielding { to: tab, since_ms: now_ms };
                self.snapshot.call = None;
                vec![TabsEffect::StopLine, TabsEffect::Say(Said::Yield { tab })]
            }
            // The first answer was lost.
            (Said::Claim { tab }, Role::Yielding { to, .. }) if tab == *to => {
                vec![TabsEffect::Say(Said::Yield { tab })]
            }
            (Said::Yield { tab }, Role::Follower(Following { claim: Some(claim), .. }))
                if tab == self.tab && !claim.agreed =>
            {
                claim.agreed = true;
                vec![TabsEffect::StealLock]
            }
            _ => Vec::new(),
        }
    }

    /// Who is no owner hears one.
    fn follow(&mut self, term: Term, serial: u32, snapshot: Snapshot, now_ms: u64) -> Vec<TabsEffect> {
        if term < self.term {
            // Late, or an owner that does not know of the one before it. Whoever has the phone answers; once will do.
            let Role::Follower(following) = &mut self.role else { return Vec::new() };
            return if following.asks_now(now_ms) { vec![self.hello()] } else { Vec::new() };
        }
        if (term, serial) < (self.term, self.serial) {
            return Vec::new();
        }
        (self.term, self.serial) = (term, serial);
        self.snapshot = snapshot;
        let in_call = self.snapshot.is_in_call();
        match &mut self.role {
            Role::Follower(following) => {
                following.has_heard(now_ms);
                // Somebody was faster.
                if in_call && following.claim.as_ref().is_some_and(|claim| !claim.agreed) {
                    following.claim = None;
                }
            }
            // It is taken already; the news of the lock is on its way.
            Role::Yielding { since_ms, .. } => *since_ms = now_ms,
            Role::Out | Role::Owner | Role::Alone => {}
        }
        Vec::new()
    }

    fn wish(&self, wish: Wish) -> Vec<TabsEffect> {
        if !matches!(self.role, Role::Follower(_)) {
            return Vec::new();
        }
        let leg = self.snapshot.call.as_ref().map(|call| call.leg);
        vec![TabsEffect::Say(Said::Wish { owner: self.term.tab, leg, wish })]
    }

    fn dial(&mut self, call: Outgoing, now_ms: u64) -> Vec<TabsEffect> {
        let Role::Follower(following) = &mut self.role else { return Vec::new() };
        if self.snapshot.is_in_call() || following.claim.is_some() {
            return Vec::new();
        }
        following.claim = Some(Claim { call, since_ms: now_ms, agreed: false });
        vec![TabsEffect::Say(Said::Claim { tab: self.tab })]
    }

    fn tick(&mut self, now_ms: u64) -> Vec<TabsEffect> {
        match &mut self.role {
            Role::Follower(following) => {
                let mut effects = Vec::new();
                if let Some(claim) = following.claim.as_mut().filter(|claim| !claim.agreed) {
                    if has_passed(CLAIM_LIMIT_MS, claim.since_ms, now_ms) {
                        claim.agreed = true;
                        effects.push(TabsEffect::StealLock);
                    } else {
                        effects.push(TabsEffect::Say(Said::Claim { tab: self.tab }));
                    }
                }
                if following
                    .out_of_line_since_ms
                    .is_some_and(|since_ms| has_passed(BEAT_MS, since_ms, now_ms))
                {
                    following.out_of_line_since_ms = None;
                    effects.push(TabsEffect::RequestLock);
                }
                if following.asks(now_ms) {
                    effects.push(self.hello());
                }
                effects
            }
            Role::Yielding { since_ms, .. } if has_passed(YIELD_LIMIT_MS, *since_ms, now_ms) => {
                self.role = Role::Owner;
                self.term = Term { count: self.term.count.saturating_add(1), tab: self.tab };
                self.snapshot = Snapshot::default();
                vec![TabsEffect::StartLine, self.state()]
            }
            Role::Out | Role::Owner | Role::Yielding { .. } | Role::Alone => Vec::new(),
        }
    }

    fn hello(&self) -> TabsEffect {
        TabsEffect::Say(Said::Hello { seen: self.term })
    }

    fn state(&mut self) -> TabsEffect {
        self.serial = self.serial.saturating_add(1);
        TabsEffect::Say(Said::State { term: self.term, serial: self.serial, snapshot: self.snapshot.clone() })
    }
}
