/// A token is replaced this long before it expires, or after half its life if that is shorter. Browsers let the timers of
/// a hidden page run once a minute only.
const REFRESH_MARGIN_MS: u64 = 120_000;
/// In a call the token is replaced this long before it expires, or after three quarters of its life: a new one makes the SDK
/// speak to the network about the call, which is better done between calls.
const IN_CALL_MARGIN_MS: u64 = 60_000;
/// However short a token lives, it is not replaced more often than this.
const SHORTEST_PAUSE_MS: u64 = 1_000;
/// When the page is seen again, a token of this age is replaced: the session may have ended meanwhile, and the timers of a
/// sleeping computer are late.
const FRESH_MS: u64 = 30_000;

/// How long before its end a token of this lifetime is replaced, in milliseconds.
pub fn refresh_margin_ms(lifetime_s: u32) -> u64 {
    (u64::from(lifetime_s) * 500).min(REFRESH_MARGIN_MS)
}

/// The current access token's life, and the one request for the next.
#[derive(Clone, Debug, Default)]
pub(super) struct TokenLife {
    /// When the server was asked; `None` while no answer is awaited.
    asked_ms: Option<u64>,
    since_ms: u64,
    refresh_ms: u64,
    refresh_in_call_ms: u64,
    expires_ms: u64,
}

impl TokenLife {
    /// False while an answer is awaited: never two requests at once.
    pub(super) fn ask(&mut self, now_ms: u64) -> bool {
        let free = self.asked_ms.is_none();
        self.asked_ms.get_or_insert(now_ms);
        free
    }

    /// Its life counts from the question: how long the answer took is not known to it. `early_ms` before its time it is
    /// replaced, so that phones that started together do not ask together.
    pub(super) fn came(&mut self, lifetime_s: u32, early_ms: u64, now_ms: u64) {
        let asked_ms = self.asked_ms.take().unwrap_or(now_ms);
        let life_ms = u64::from(lifetime_s) * 1_000;
        self.since_ms = now_ms;
        self.expires_ms = asked_ms + life_ms;
        let soonest = now_ms + SHORTEST_PAUSE_MS;
        self.refresh_ms =
            (self.expires_ms - refresh_margin_ms(lifetime_s)).saturating_sub(early_ms).max(soonest);
        self.refresh_in_call_ms = (self.expires_ms - IN_CALL_MARGIN_MS.min(life_ms / 4)).max(self.refresh_ms);
    }

    /// The next attempt comes after the pause.
    pub(super) fn failed(&mut self, pause_ms: u64, now_ms: u64) {
        self.asked_ms = None;
        self.refresh_ms = now_ms + pause_ms;
        self.refresh_in_call_ms = self.refresh_ms;
    }

    pub(super) fn is_due(&self, in_call: bool, now_ms: u64) -> bool {
        now_ms >= if in_call { self.refresh_in_call_ms } else { self.refresh_ms }
    }

    pub(super) fn is_dead(&self, now_ms: u64) -> bool {
        now_ms >= self.expires_ms
    }

    pub(super) fn is_fresh(&self, now_ms: u64) -> bool {
        now_ms < self.since_ms + FRESH_MS
    }

    pub(super) fn age_ms(&self, now_ms: u64) -> u64 {
        now_ms.saturating_sub(self.since_ms)
    }
}
