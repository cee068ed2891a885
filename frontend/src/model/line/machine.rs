use super::jitter::Jitter;
use super::token_life::{TokenLife, refresh_margin_ms};
use super::{LineEffect, LineEvent, LineStatus, OfflineReason, TokenFailure};

/// Pauses before the next attempt, without the jitter, which adds up to a quarter.
const BACK_OFF_MS: [u64; 5] = [1_000, 2_000, 4_000, 8_000, 15_000];
/// How long the SDK may reconnect by itself before it is started over.
const GRACE_MS: u64 = 3_000;
/// How long a Device may take to register.
const REGISTER_LIMIT_MS: u64 = 10_000;
/// Time that passed without a tick for so long was slept through.
const SLEPT_MS: u64 = 90_000;

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
    token: TokenLife,
    jitter: Jitter,
    /// The last event's.
    now_ms: u64,
    /// Which of the edges the next Device begins with, counted on for ever.
    edge: usize,
    /// Failed attempts in a row.
    attempts: usize,
    /// What went wrong last.
    trouble: Option<OfflineReason>,
    /// There was a call at the last tick.
    in_call: bool,
    /// The user wants no calls here.
    quiet: bool,
    /// The browser says that it has no network.
    no_network: bool,
    /// The Device that the computer slept with is being replaced.
    waking: bool,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            phase: Phase::Idle,
            token: TokenLife::default(),
            jitter: Jitter::default(),
            now_ms: 0,
            edge: 0,
            attempts: 0,
            trouble: None,
            in_call: false,
            quiet: false,
            no_network: false,
            waking: false,
        }
    }
}

impl Line {
    /// What to tell the user.
    pub fn status(&self) -> LineStatus {
        match (self.phase, self.trouble) {
            (Phase::Registered, None) if self.quiet => LineStatus::Quiet,
            (Phase::Registered, None) => LineStatus::Registered,
            (_, Some(OfflineReason::ServerUnreachable | OfflineReason::SignalingUnreachable))
                if self.no_network =>
            {
                LineStatus::Offline(OfflineReason::NoNetwork)
            }
            (_, Some(why)) => LineStatus::Offline(why),
            (Phase::Recovering { .. }, None) => LineStatus::Reconnecting,
            (_, None) if self.waking => LineStatus::Waking,
            (_, None) => LineStatus::Connecting,
        }
    }

    /// The user wants no calls here.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Takes an event; returns what must be done, in order. The time never goes back, and counts sleep
    /// ([`crate::model::LivedClock`]).
    pub fn on(&mut self, event: LineEvent, now_ms: u64) -> Vec<LineEffect> {
        let slept = self.look_at_the_clock(now_ms);
        match event {
            LineEvent::Start { seed } => {
                self.jitter = Jitter::new(seed);
                self.start(now_ms)
            }
            LineEvent::Stop => {
                *self = Self::default();
                vec![LineEffect::DropDevice]
            }
            LineEvent::Token { lifetime_s } => self.on_token(lifetime_s, now_ms),
            LineEvent::TokenFailed(failure) => self.on_token_failed(failure, now_ms),
            LineEvent::DeviceFailed(why) if self.has_device() => self.give_up(why, now_ms),
            LineEvent::DeviceFailed(_) => Vec::new(),
            LineEvent::Registered => {
                if !self.has_device() {
                    return Vec::new();
                }
                self.phase = Phase::Registered;
                self.attempts = 0;
                self.trouble = None;
                self.waking = false;
                // Only now: registering is how a Device finds out whether its way to the network works.
                if self.quiet { vec![LineEffect::Present(false)] } else { Vec::new() }
            }
            LineEvent::Unregistered => {
                // As it was asked to be, or as far as anybody would miss it.
                if self.phase == Phase::Registered && !self.quiet {
                    self.phase = Phase::Recovering { until_ms: now_ms + GRACE_MS };
                }
                Vec::new()
            }
            LineEvent::DeviceError { code } => self.on_device_error(code, now_ms),
            // The SDK's own timer: right where this machine's clock is wrong.
            LineEvent::TokenWillExpire if self.has_device() && !self.in_call => self.fetch(now_ms),
            LineEvent::TokenWillExpire => Vec::new(),
            LineEvent::Wake => self.wake(now_ms),
            LineEvent::Network(there) => self.on_network(there, now_ms),
            LineEvent::Retry if self.phase == Phase::Idle => Vec::new(),
            LineEvent::Retry if self.in_call => self.fetch(now_ms),
            LineEvent::Retry => self.start(now_ms),
            LineEvent::Quiet(quiet) => self.on_quiet(quiet, now_ms),
            // A Device may look registered for a while although its socket died in the sleep.
            LineEvent::Tick { in_call: false } if slept && self.has_device() => {
                self.in_call = false;
                self.waking = true;
                self.start(now_ms)
            }
            LineEvent::Tick { in_call } => {
                let mut effects = self.tick(in_call, now_ms);
                if slept && effects.is_empty() {
                    effects = self.wake(now_ms);
                }
                effects
            }
        }
    }

    fn on_quiet(&mut self, quiet: bool, now_ms: u64) -> Vec<LineEffect> {
        if std::mem::replace(&mut self.quiet, quiet) == quiet || self.phase != Phase::Registered {
            return Vec::new();
        }
        if !quiet {
            self.phase = Phase::Registering { until_ms: now_ms + REGISTER_LIMIT_MS };
        }
        vec![LineEffect::Present(!quiet)]
    }

    fn on_network(&mut self, there: bool, now_ms: u64) -> Vec<LineEffect> {
        let was_there = !std::mem::replace(&mut self.no_network, !there);
        if there == was_there || !self.has_device() || self.in_call {
            return if there { self.wake(now_ms) } else { Vec::new() };
        }
        // Gone: asking our server finds out whether that is so. Back: what the Device had is dead, or not worth waiting for.
        if there && self.trouble.is_some() { self.start(now_ms) } else { self.fetch(now_ms) }
    }

    /// True when the computer has slept since the last event.
    fn look_at_the_clock(&mut self, now_ms: u64) -> bool {
        now_ms.saturating_sub(std::mem::replace(&mut self.now_ms, now_ms)) > SLEPT_MS
    }

    fn has_device(&self) -> bool {
        matches!(self.phase, Phase::Registering { .. } | Phase::Registered | Phase::Recovering { .. })
    }

    fn start(&mut self, now_ms: u64) -> Vec<LineEffect> {
        self.phase = Phase::Fetching;
        let mut effects = vec![LineEffect::DropDevice];
        effects.extend(self.fetch(now_ms));
        effects
    }

    fn fetch(&mut self, now_ms: u64) -> Vec<LineEffect> {
        if self.token.ask(now_ms) { vec![LineEffect::FetchToken] } else { Vec::new() }
    }

    fn wake(&mut self, now_ms: u64) -> Vec<LineEffect> {
        match self.phase {
            Phase::Waiting { .. } => self.start(now_ms),
            // A token that was refused lately, or could not be had, is asked for at once: things may have changed.
            _ if self.has_device() && !self.in_call && !self.token.is_fresh(now_ms) => self.fetch(now_ms),
            Phase::Idle
            | Phase::Fetching
            | Phase::Registering { .. }
            | Phase::Registered
            | Phase::Recovering { .. } => self.renew_if_due(now_ms),
        }
    }

    fn on_token(&mut self, lifetime_s: u32, now_ms: u64) -> Vec<LineEffect> {
        let early_ms = self.jitter.below(refresh_margin_ms(lifetime_s) / 4);
        self.token.came(lifetime_s, early_ms, now_ms);
        match self.phase {
            Phase::Idle | Phase::Waiting { .. } => Vec::new(),
            Phase::Fetching => {
                self.phase = Phase::Registering { until_ms: now_ms + REGISTER_LIMIT_MS };
                vec![LineEffect::BuildDevice { first_edge: self.edge }]
            }
            Phase::Registering { .. } | Phase::Registered | Phase::Recovering { .. } => {
                if self.phase == Phase::Registered {
                    self.trouble = None;
                    self.attempts = 0;
                }
                vec![LineEffect::UpdateToken]
            }
        }
    }

    fn on_token_failed(&mut self, failure: TokenFailure, now_ms: u64) -> Vec<LineEffect> {
        let why = match failure {
            // The session can wait for the end of the call; the next attempt brings the same answer.
            TokenFailure::SignedOut | TokenFailure::OtherLine if self.in_call && self.has_device() => {
                let pause_ms = self.back_off();
                self.token.failed(pause_ms, now_ms);
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
        if self.phase == Phase::Fetching {
            self.token.failed(0, now_ms);
            return self.give_up(why, now_ms);
        }
        let pause_ms = if self.has_device() { self.back_off() } else { 0 };
        self.token.failed(pause_ms, now_ms);
        // Until the old token dies, the phone works: no alarm.
        let works = self.phase == Phase::Registered && !self.token.is_dead(now_ms) && !self.no_network;
        if self.has_device() && !works {
            self.trouble = Some(why);
        }
        Vec::new()
    }

    fn on_device_error(&mut self, code: u32, now_ms: u64) -> Vec<LineEffect> {
        match code {
            // Authorization: 31201-31205 on the wire, which the SDK reports as 20151, 20101 and 20104.
            20101 | 20104 | 20151 | 31201..=31205 => match self.phase {
                Phase::Registering { .. } => self.give_up(OfflineReason::TokenRefused(code), now_ms),
                // A new token may mend it, unless the refused one is new.
                Phase::Registered | Phase::Recovering { .. } if self.token.age_ms(now_ms) > GRACE_MS => {
                    self.fetch(now_ms)
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
            Phase::Waiting { until_ms } if now_ms >= until_ms => self.start(now_ms),
            Phase::Registering { until_ms } | Phase::Recovering { until_ms } if now_ms >= until_ms => {
                let why = self.trouble.unwrap_or(OfflineReason::SignalingUnreachable);
                if in_call {
                    self.trouble = Some(why);
                    self.renew_if_due(now_ms)
                } else if matches!(self.phase, Phase::Recovering { .. }) {
                    // The SDK had its moment; the first attempt of our own comes without another pause.
                    self.start(now_ms)
                } else {
                    // The SDK goes through its list of edges too slowly, and gets stuck on one that accepts connections
                    // and says nothing.
                    self.edge += 1;
                    self.give_up(why, now_ms)
                }
            }
            Phase::Idle
            | Phase::Fetching
            | Phase::Registering { .. }
            | Phase::Registered
            | Phase::Recovering { .. }
            | Phase::Waiting { .. } => self.renew_if_due(now_ms),
        }
    }

    fn renew_if_due(&mut self, now_ms: u64) -> Vec<LineEffect> {
        if self.has_device() && self.token.is_due(self.in_call, now_ms) {
            self.fetch(now_ms)
        } else {
            Vec::new()
        }
    }

    fn give_up(&mut self, why: OfflineReason, now_ms: u64) -> Vec<LineEffect> {
        self.waking = false;
        self.trouble = Some(why);
        self.phase = Phase::Waiting { until_ms: now_ms + self.back_off() };
        vec![LineEffect::DropDevice]
    }

    fn back_off(&mut self) -> u64 {
        let pause = BACK_OFF_MS[self.attempts.min(BACK_OFF_MS.len() - 1)];
        self.attempts += 1;
        pause + self.jitter.below(pause / 4)
    }
}
