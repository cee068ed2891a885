use super::{LineEffect, LineEvent, LineStatus, OfflineReason, TokenFailure};

/// Pauses before the next attempt.
const BACK_OFF_MS: [u64; 5] = [1_000, 2_000, 4_000, 8_000, 15_000];
/// How long the SDK may reconnect by itself before it is started over.
const GRACE_MS: u64 = 3_000;
/// How long a Device may take to register.
const REGISTER_LIMIT_MS: u64 = 10_000;
/// A token is replaced this long before it expires, or after half its life if that is shorter. Browsers let the timers of
/// a hidden page run once a minute only.
const REFRESH_MARGIN_MS: u64 = 120_000;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Phase {
    /// Signed out.
    Idle,
    /// No Device; the token for it is on its way.
    Fetching,
    /// There is a Device that has not registered yet.
    Registering {
        until_ms: u64,
    },
    Registered,
    /// Was registered; the SDK tries to get back.
    Recovering {
        until_ms: u64,
    },
    /// No Device; the next attempt comes later.
    Waiting {
        until_ms: u64,
    },
}

/// The registration of one line.
#[derive(Clone, Debug)]
pub struct Line {
    phase: Phase,
    /// A token has been asked for and not been answered.
    fetching: bool,
    /// When the current token came, is to be replaced, and dies.
    token_since_ms: u64,
    refresh_ms: u64,
    expires_ms: u64,
    /// Failed attempts in a row.
    attempts: usize,
    /// What went wrong last.
    trouble: Option<OfflineReason>,
    /// There was a call at the last tick.
    in_call: bool,
}

/// How long before its end a token of this lifetime is replaced, in milliseconds.
pub fn refresh_margin_ms(lifetime_s: u32) -> u64 {
    (u64::from(lifetime_s) * 500).min(REFRESH_MARGIN_MS)
}

impl Default for Line {
    fn default() -> Self {
        Self {
            phase: Phase::Idle,
            fetching: false,
            token_since_ms: 0,
            refresh_ms: 0,
            expires_ms: 0,
            attempts: 0,
            trouble: None,
            in_call: false,
        }
    }
}

impl Line {
    /// What to tell the user.
    pub fn status(&self) -> LineStatus {
        match (self.phase, self.trouble) {
            (Phase::Registered, None) => LineStatus::Registered,
            (_, Some(why)) => LineStatus::Offline(why),
            (_, None) => LineStatus::Connecting,
        }
    }

    /// Takes an event; returns what must be done, in order.
    pub fn on(&mut self, event: LineEvent, now_ms: u64) -> Vec<LineEffect> {
        match event {
            LineEvent::Start => self.start(),
            LineEvent::Stop => {
                *self = Self::default();
                vec![LineEffect::DropDevice]
            }
            LineEvent::Token { lifetime_s } => self.on_token(lifetime_s, now_ms),
            LineEvent::TokenFailed(failure) => self.on_token_failed(failure, now_ms),
            LineEvent::DeviceFailed(why) if self.has_device() => self.give_up(why, now_ms),
            LineEvent::DeviceFailed(_) => Vec::new(),
            LineEvent::Registered => {
                if self.has_device() {
                    self.phase = Phase::Registered;
                    self.attempts = 0;
                    self.trouble = None;
                }
                Vec::new()
            }
            LineEvent::Unregistered => {
                if self.phase == Phase::Registered {
                    self.phase = Phase::Recovering { until_ms: now_ms + GRACE_MS };
                }
                Vec::new()
            }
            LineEvent::DeviceError { code } => self.on_device_error(code, now_ms),
            LineEvent::TokenWillExpire if self.has_device() => self.fetch(),
            LineEvent::TokenWillExpire => Vec::new(),
            LineEvent::Wake if matches!(self.phase, Phase::Waiting { .. }) => self.start(),
            LineEvent::Wake => self.renew_if_due(now_ms),
            LineEvent::Tick { in_call } => self.tick(in_call, now_ms),
        }
    }

    fn has_device(&self) -> bool {
        matches!(self.phase, Phase::Registering { .. } | Phase::Registered | Phase::Recovering { .. })
    }

    fn start(&mut self) -> Vec<LineEffect> {
        self.phase = Phase::Fetching;
        let mut effects = vec![LineEffect::DropDevice];
        effects.extend(self.fetch());
        effects
    }

    /// One request at a time.
    fn fetch(&mut self) -> Vec<LineEffect> {
        if self.fetching {
            return Vec::new();
        }
        self.fetching = true;
        vec![LineEffect::FetchToken]
    }

    fn on_token(&mut self, lifetime_s: u32, now_ms: u64) -> Vec<LineEffect> {
        self.fetching = false;
        if self.phase != Phase::Fetching && !self.has_device() {
            return Vec::new();
        }
        self.token_since_ms = now_ms;
        self.expires_ms = now_ms + u64::from(lifetime_s) * 1000;
        self.refresh_ms = self.expires_ms - refresh_margin_ms(lifetime_s);
        match self.phase {
            Phase::Fetching => {
                self.phase = Phase::Registering { until_ms: now_ms + REGISTER_LIMIT_MS };
                vec![LineEffect::BuildDevice]
            }
            phase => {
                if phase == Phase::Registered {
                    self.trouble = None;
                    self.attempts = 0;
                }
                vec![LineEffect::UpdateToken]
            }
        }
    }

    fn on_token_failed(&mut self, failure: TokenFailure, now_ms: u64) -> Vec<LineEffect> {
        self.fetching = false;
        let why = match failure {
            // The session can wait for the end of the call; the next attempt brings the same answer.
            TokenFailure::SignedOut | TokenFailure::OtherLine if self.in_call && self.has_device() => {
                self.refresh_ms = now_ms + self.back_off();
                return Vec::new();
            }
            TokenFailure::SignedOut => {
                *self = Self::default();
                return vec![LineEffect::DropDevice, LineEffect::SignedOut];
            }
            TokenFailure::OtherLine => {
                *self = Self::default();
                return vec![LineEffect::DropDevice, LineEffect::Replaced];
            }
            TokenFailure::Unreachable => OfflineReason::ServerUnreachable,
            TokenFailure::Trouble => OfflineReason::ServerTrouble,
        };
        match self.phase {
            Phase::Fetching => return self.give_up(why, now_ms),
            Phase::Registering { .. } | Phase::Registered | Phase::Recovering { .. } => {
                self.refresh_ms = now_ms + self.back_off();
                // Until the old token dies, the phone works: no alarm.
                if self.phase != Phase::Registered || now_ms >= self.expires_ms {
                    self.trouble = Some(why);
                }
            }
            Phase::Idle | Phase::Waiting { .. } => {}
        }
        Vec::new()
    }

    fn on_device_error(&mut self, code: u32, now_ms: u64) -> Vec<LineEffect> {
        match code {
            // Authorization: 31201-31205 on the wire, which the SDK reports as 20151, 20101 and 20104.
            20101 | 20104 | 20151 | 31201..=31205 => match self.phase {
                Phase::Registering { .. } => self.give_up(OfflineReason::TokenRefused(code), now_ms),
                // A new token may mend it, unless the refused one is new.
                Phase::Registered | Phase::Recovering { .. } if now_ms > self.token_since_ms + GRACE_MS => {
                    self.fetch()
                }
                Phase::Recovering { .. } => {
                    self.trouble = Some(OfflineReason::TokenRefused(code));
                    Vec::new()
                }
                Phase::Registered | Phase::Idle | Phase::Fetching | Phase::Waiting { .. } => Vec::new(),
            },
            // Of interest only where there is no registration: otherwise they are a call's own errors.
            31000..=31009 | 53000 | 53001 => {
                if matches!(self.phase, Phase::Registering { .. } | Phase::Recovering { .. }) {
                    self.trouble = Some(OfflineReason::SignalingUnreachable);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn tick(&mut self, in_call: bool, now_ms: u64) -> Vec<LineEffect> {
        self.in_call = in_call;
        match self.phase {
            Phase::Waiting { until_ms } if now_ms >= until_ms => self.start(),
            Phase::Registering { until_ms } | Phase::Recovering { until_ms } if now_ms >= until_ms => {
                let why = self.trouble.unwrap_or(OfflineReason::SignalingUnreachable);
                if in_call {
                    self.trouble = Some(why);
                    self.renew_if_due(now_ms)
                } else if matches!(self.phase, Phase::Recovering { .. }) {
                    // The SDK had its moment; the first attempt of our own comes without another pause.
                    self.start()
                } else {
                    self.give_up(why, now_ms)
                }
            }
            _ => self.renew_if_due(now_ms),
        }
    }

    fn renew_if_due(&mut self, now_ms: u64) -> Vec<LineEffect> {
        if self.has_device() && now_ms >= self.refresh_ms { self.fetch() } else { Vec::new() }
    }

    fn give_up(&mut self, why: OfflineReason, now_ms: u64) -> Vec<LineEffect> {
        self.trouble = Some(why);
        self.phase = Phase::Waiting { until_ms: now_ms + self.back_off() };
        vec![LineEffect::DropDevice]
    }

    fn back_off(&mut self) -> u64 {
        let pause = BACK_OFF_MS[self.attempts.min(BACK_OFF_MS.len() - 1)];
        self.attempts += 1;
        pause
    }
}
