use super::{Grade, Quality, Sample, Trouble, Warning};

/// Before so many seconds of sound were measured, a figure says more about the start than about the call.
const SETTLING: u32 = 3;
/// A call whose first sound takes longer than this has no way for it. A user waits three seconds before wondering; Twilio
/// sends from the start, and a way that is free is found within one.
const NO_PATH_AFTER_MS: u64 = 2_500;
/// A better grade is shown when it has lasted for so many seconds; a worse one at once.
const IMPROVED_FOR: u8 = 4;
/// After this long without a sample, nothing is known.
const STALE_MS: u64 = 5_000;
/// How much of a new second goes into the average.
const WEIGHT: f32 = 0.35;
/// A limit is left behind when the average is this far below it.
const RELIEF: f32 = 0.75;
/// Below this average level (of 32767) a microphone gives nothing: a steady tone is constant too, but loud.
pub(super) const SILENCE: f32 = 150.0;

/// From where on a measure is felt, and from where on it spoils the talk. The delay of both directions together: G.114 has
/// 150 ms one way for "most users satisfied" and 400 ms for the limit of what is acceptable.
pub(super) const LIMITS: [(Trouble, f32, f32); 3] = [
    // Tenths of a percent.
    (Trouble::Loss, 20.0, 80.0),
    (Trouble::Jitter, 30.0, 80.0),
    (Trouble::Delay, 350.0, 800.0),
];

/// Turns samples and warnings into a [`Quality`]. One for each call.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    /// Smoothed loss, jitter and round trip, in the order of [`LIMITS`].
    averages: [f32; 3],
    input: f32,
    /// One bit for each of [`Warning`].
    warned: u8,
    /// All seconds, and those since the first packet of sound arrived. Before that one there is nothing to grade: a call may
    /// be answered, and measured, without a way for its sound.
    measured: u32,
    with_sound: u32,
    /// When the call was answered.
    opened_ms: Option<u64>,
    latest: Sample,
    last_ms: u64,
    shown: Option<(Grade, Option<Trouble>)>,
    /// For how many seconds it has been better than what is shown.
    better_for: u8,
}

impl Meter {
    /// The call was answered: from now on sound should arrive.
    pub fn opened(&mut self, now_ms: u64) {
        self.opened_ms.get_or_insert(now_ms);
    }

    /// A second was measured.
    pub fn sample(&mut self, sample: Sample, now_ms: u64) {
        self.latest = sample;
        self.measured = self.measured.saturating_add(1);
        self.last_ms = now_ms;
        if sample.packets == 0 && self.with_sound == 0 {
            return;
        }
        let values = [sample.loss_permille, sample.jitter_ms, sample.rtt_ms];
        for (average, value) in self.averages.iter_mut().zip(values) {
            *average = mix(*average, value, self.with_sound == 0);
        }
        self.input = mix(self.input, sample.input_level, self.with_sound == 0);
        self.with_sound = self.with_sound.saturating_add(1);
        let now = self.judge();
        match self.shown {
            Some((shown, _)) if now.0 < shown => {
                self.better_for += 1;
                if self.better_for >= IMPROVED_FOR {
                    self.show(now);
                }
            }
            _ => self.show(now),
        }
    }

    /// The SDK warns, or takes a warning back. What it says of the whole connection is shown at once.
    pub fn warn(&mut self, warning: Warning, raised: bool) {
        let bit = 1 << warning as u8;
        self.warned = if raised { self.warned | bit } else { self.warned & !bit };
        let now = self.judge();
        if raised && self.with_sound > 0 && self.shown.is_none_or(|(shown, _)| now.0 >= shown) {
            self.show(now);
        }
    }

    /// The connection was lost; what comes after it is measured anew.
    pub fn lost(&mut self) {
        let Self { measured, with_sound, opened_ms, latest, .. } = *self;
        *self = Self { measured, with_sound, opened_ms, latest, ..Self::default() };
    }

    /// What to show. A microphone that is muted on purpose is no trouble.
    pub fn quality(&self, muted: bool, now_ms: u64) -> Quality {
        if self.with_sound == 0 {
            let trouble = self.has_no_path(now_ms).then_some(Trouble::NoPath);
            let grade = if trouble.is_some() { Grade::Poor } else { Grade::Unknown };
            return Quality { grade, trouble, latest: self.latest, measured: self.measured };
        }
        let stale = now_ms.saturating_sub(self.last_ms) > STALE_MS;
        let (mut grade, mut trouble) = self.shown.filter(|_| !stale).unwrap_or_default();
        let speaks_into_nothing =
            !muted && self.has(Warning::ConstantInput) && self.input < SILENCE && !stale;
        if speaks_into_nothing && grade < Grade::Poor {
            (grade, trouble) = (Grade::Fair, Some(Trouble::SilentMicrophone));
        }
        Quality { grade, trouble, latest: self.latest, measured: self.measured }
    }

    /// It is known that nothing has arrived, not only unknown whether anything has.
    fn has_no_path(&self, now_ms: u64) -> bool {
        let overdue = self.opened_ms.is_some_and(|at_ms| now_ms.saturating_sub(at_ms) >= NO_PATH_AFTER_MS);
        (self.measured > 0 && overdue) || self.has(Warning::LowBytesReceived)
    }

    fn show(&mut self, now: (Grade, Option<Trouble>)) {
        self.shown = Some(now);
        self.better_for = 0;
    }

    fn has(&self, warning: Warning) -> bool {
        self.warned & (1 << warning as u8) != 0
    }

    fn judge(&self) -> (Grade, Option<Trouble>) {
        for (warning, trouble) in [
            (Warning::IceLost, Trouble::Interrupted),
            (Warning::LowBytesReceived, Trouble::NothingArrives),
            (Warning::LowBytesSent, Trouble::NothingLeaves),
        ] {
            if self.has(warning) {
                return (Grade::Poor, Some(trouble));
            }
        }
        if self.with_sound < SETTLING {
            return (Grade::Unknown, None);
        }
        let shown = self.shown.map_or(Grade::Unknown, |(grade, _)| grade);
        let warned = [Warning::HighLoss, Warning::HighJitter, Warning::HighRtt];
        let mut worst = (Grade::Good, 0.0, Trouble::Loss);
        for ((&(trouble, fair, poor), &average), warning) in LIMITS.iter().zip(&self.averages).zip(warned) {
            // What is shown stays until it is clearly over.
            let over = |limit: f32, at: Grade| average >= if shown >= at { limit * RELIEF } else { limit };
            let grade = if over(poor, Grade::Poor) {
                Grade::Poor
            } else if over(fair, Grade::Fair) || self.has(warning) {
                Grade::Fair
            } else {
                Grade::Good
            };
            let share = average / fair;
            if grade > worst.0 || (grade == worst.0 && share > worst.1) {
                worst = (grade, share, trouble);
            }
        }
        let grade = if self.has(Warning::LowMos) { Grade::Poor } else { worst.0 };
        (grade, (grade > Grade::Good).then_some(worst.2))
    }
}

fn mix(average: f32, value: u16, first: bool) -> f32 {
    let value = f32::from(value);
    if first { value } else { average + (value - average) * WEIGHT }
}
