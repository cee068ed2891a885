use super::{Grade, Quality, Sample, Trouble, Warning};

/// Before so many seconds were measured, a figure says more about the start than about the call.
const SETTLING: u32 = 3;
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
    measured: u32,
    latest: Sample,
    last_ms: u64,
    shown: Option<(Grade, Option<Trouble>)>,
    /// For how many seconds it has been better than what is shown.
    better_for: u8,
}

impl Meter {
    /// A second was measured.
    pub fn sample(&mut self, sample: Sample, now_ms: u64) {
        let values = [sample.loss_permille, sample.jitter_ms, sample.rtt_ms];
        for (average, value) in self.averages.iter_mut().zip(values) {
            *average = mix(*average, value, self.measured == 0);
        }
        self.input = mix(self.input, sample.input_level, self.measured == 0);
        self.latest = sample;
        self.measured = self.measured.saturating_add(1);
        self.last_ms = now_ms;
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
        if raised && self.shown.is_none_or(|(shown, _)| now.0 >= shown) {
            self.show(now);
        }
    }

    /// The connection was lost; what comes after it is measured anew.
    pub fn lost(&mut self) {
        *self = Self { measured: self.measured, latest: self.latest, ..Self::default() };
    }

    /// What to show. A microphone that is muted on purpose is no trouble.
    pub fn quality(&self, muted: bool, now_ms: u64) -> Quality {
        let stale = now_ms.saturating_sub(self.last_ms) > STALE_MS;
        let (mut grade, mut trouble) = self.shown.filter(|_| !stale).unwrap_or_default();
        let speaks_into_nothing =
            !muted && self.has(Warning::ConstantInput) && self.input < SILENCE && !stale;
        if speaks_into_nothing && grade < Grade::Poor {
            (grade, trouble) = (Grade::Fair, Some(Trouble::SilentMicrophone));
        }
        Quality { grade, trouble, latest: self.latest, measured: self.measured }
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
        if self.measured < SETTLING {
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
