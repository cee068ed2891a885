//! What a tab is to the others, and what it waits for.

use crate::model::Outgoing;

/// Who has heard nothing for so long asks. Not the owner tells: a page in the background hears at once, but its
/// timers may run once a minute. So the tab that somebody looks at is the one that asks, and a lonely tab is silent.
pub(super) const BEAT_MS: u64 = 2_000;
/// An owner that does not answer for so long is told of.
const SILENCE_LIMIT_MS: u64 = 3_000;

/// A clock that is set back has made nothing wait longer.
pub(super) fn has_passed(ms: u64, since_ms: u64, now_ms: u64) -> bool {
    now_ms.abs_diff(since_ms) >= ms
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) enum Role {
    #[default]
    Out,
    /// Waits for the lock; shows what the owner tells.
    Follower(Following),
    Owner,
    /// Still holds the lock, but has let go of the phone for another tab.
    Yielding {
        to: u32,
        since_ms: u64,
    },
    /// There are no locks: a phone of its own.
    Alone,
}

/// The call that this tab wants the phone for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Claim {
    pub(super) call: Outgoing,
    pub(super) since_ms: u64,
    /// The owner agrees, or has not answered.
    pub(super) agreed: bool,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Following {
    /// An owner has been heard: there is something to show.
    pub(super) heard: bool,
    /// The first question without an answer.
    asked_since_ms: Option<u64>,
    /// When it last asked or heard.
    quiet_since_ms: u64,
    /// When it fell out of the line for the lock.
    pub(super) out_of_line_since_ms: Option<u64>,
    pub(super) claim: Option<Claim>,
}

impl Following {
    /// Has just asked for the first time.
    pub(super) fn new(heard: bool, now_ms: u64) -> Self {
        Self {
            heard,
            asked_since_ms: Some(now_ms),
            quiet_since_ms: now_ms,
            out_of_line_since_ms: None,
            claim: None,
        }
    }

    pub(super) fn has_heard(&mut self, now_ms: u64) {
        (self.heard, self.asked_since_ms, self.quiet_since_ms) = (true, None, now_ms);
    }

    /// Whether a beat has passed and it is time to ask again; then it counts as asked.
    pub(super) fn asks(&mut self, now_ms: u64) -> bool {
        let asks = has_passed(BEAT_MS, self.quiet_since_ms, now_ms);
        if asks {
            self.quiet_since_ms = now_ms;
            self.asked_since_ms.get_or_insert(now_ms);
        }
        asks
    }

    /// The same before the beat has passed, unless a question is open.
    pub(super) fn asks_now(&mut self, now_ms: u64) -> bool {
        let asks = self.asked_since_ms.is_none();
        if asks {
            (self.quiet_since_ms, self.asked_since_ms) = (now_ms, Some(now_ms));
        }
        asks
    }

    /// Not counted from the last word: a page that slept asks first.
    pub(super) fn is_unheard(&self, now_ms: u64) -> bool {
        self.asked_since_ms.is_some_and(|since_ms| now_ms.abs_diff(since_ms) > SILENCE_LIMIT_MS)
    }
}
