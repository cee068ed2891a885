use super::meter::{LIMITS, SILENCE};
use super::{Grade, Sample, Trouble};

/// With fewer seconds of sound there is nothing to judge by.
const LEAST: u32 = 4;

/// Adds the seconds of a test of the connection up.
#[derive(Clone, Debug, Default)]
pub struct Preflight {
    seconds: u32,
    /// Those in which sound arrived: a network that lets none through has no other fault to show.
    with_sound: u32,
    sums: [u32; 3],
    input: u32,
    /// Scores are known from the second second on.
    mos: u32,
    mos_seconds: u32,
}

/// What a test has found, on the average.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PreflightReport {
    /// [`Grade::Poor`] is not usable, and [`Grade::Unknown`] what could not be measured.
    pub grade: Grade,
    /// Why it is not better.
    pub trouble: Option<Trouble>,
    pub sample: Sample,
}

impl Preflight {
    /// A second of the test.
    pub fn take(&mut self, sample: Sample) {
        self.seconds += 1;
        self.with_sound += u32::from(sample.packets > 0);
        let values = [sample.loss_permille, sample.jitter_ms, sample.rtt_ms];
        for (sum, value) in self.sums.iter_mut().zip(values) {
            *sum = sum.saturating_add(value.into());
        }
        self.input = self.input.saturating_add(sample.input_level.into());
        self.mos = self.mos.saturating_add(sample.mos.into());
        self.mos_seconds += u32::from(sample.mos > 0);
    }

    /// How much of the test is over, in percent: of the seconds that its sound lasts.
    pub fn percent(&self) -> u32 {
        (self.seconds * 100 / 11).min(100)
    }

    /// What it comes to.
    pub fn report(&self) -> PreflightReport {
        let [loss_permille, jitter_ms, rtt_ms] = self.sums.map(|sum| average(sum, self.seconds));
        let sample = Sample {
            mos: average(self.mos, self.mos_seconds),
            jitter_ms,
            rtt_ms,
            loss_permille,
            input_level: average(self.input, self.seconds),
            packets: 0,
        };
        let (grade, trouble) = if self.with_sound < LEAST {
            let nothing = self.seconds >= LEAST && self.with_sound == 0;
            (Grade::Unknown, Some(if nothing { Trouble::NoPath } else { Trouble::NothingArrives }))
        } else {
            judge(&sample)
        };
        PreflightReport { grade, trouble, sample }
    }
}

fn judge(sample: &Sample) -> (Grade, Option<Trouble>) {
    let mut worst = (Grade::Good, None);
    for ((trouble, fair, poor), value) in
        LIMITS.into_iter().zip([sample.loss_permille, sample.jitter_ms, sample.rtt_ms].map(f32::from))
    {
        let grade = if value >= poor {
            Grade::Poor
        } else if value >= fair {
            Grade::Fair
        } else {
            Grade::Good
        };
        if grade > worst.0 {
            worst = (grade, Some(trouble));
        }
    }
    // With a network as good as it may be, nobody would be heard.
    if worst.0 == Grade::Good && f32::from(sample.input_level) < SILENCE {
        worst = (Grade::Fair, Some(Trouble::SilentMicrophone));
    }
    worst
}

fn average(sum: u32, count: u32) -> u16 {
    u16::try_from(sum / count.max(1)).unwrap_or(u16::MAX)
}
