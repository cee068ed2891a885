use super::Sample;

/// When there are so many points, two and two become one: a call of any length stays as small, and its chart as quick.
pub const MOST_POINTS: usize = 240;

/// The worst that was measured in a stretch of a call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Point {
    /// Where the stretch begins, in seconds of measuring.
    pub at_s: u32,
    pub sample: Sample,
}

/// A whole call's figures. Stretches are a second long at first, and twice as long whenever the points are thinned.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct History {
    points: Vec<Point>,
    /// Seconds of a point.
    stretch_s: u32,
    measured: u32,
}

impl Default for History {
    fn default() -> Self {
        Self { points: Vec::new(), stretch_s: 1, measured: 0 }
    }
}

impl History {
    /// Takes the sample that is number `measured` of its call ([`super::Quality::measured`]); one that was taken before is
    /// left out, and with one of a new call the history begins anew.
    pub fn take(&mut self, measured: u32, sample: Sample) {
        if measured == self.measured {
            return;
        }
        if measured < self.measured {
            *self = Self::default();
        }
        self.measured = measured;
        let at_s = measured.saturating_sub(1);
        match self.points.last_mut() {
            Some(last) if at_s < last.at_s.saturating_add(self.stretch_s) => {
                last.sample = last.sample.worse_of(sample);
            }
            _ => self.points.push(Point { at_s, sample }),
        }
        if self.points.len() >= MOST_POINTS {
            self.thin();
        }
    }

    /// In order of time.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Seconds from the first to the last.
    pub fn seconds(&self) -> u32 {
        self.measured
    }

    fn thin(&mut self) {
        self.stretch_s = self.stretch_s.saturating_mul(2);
        let pairs = self.points.chunks(2).map(|pair| {
            pair.iter().copied().reduce(|a, b| Point { at_s: a.at_s, sample: a.sample.worse_of(b.sample) })
        });
        self.points = pairs.flatten().collect();
    }
}

impl Sample {
    fn worse_of(self, other: Self) -> Self {
        let mos = match (self.mos, other.mos) {
            (0, known) | (known, 0) => known,
            (a, b) => a.min(b),
        };
        Self {
            mos,
            jitter_ms: self.jitter_ms.max(other.jitter_ms),
            rtt_ms: self.rtt_ms.max(other.rtt_ms),
            loss_permille: self.loss_permille.max(other.loss_permille),
            input_level: self.input_level.max(other.input_level),
            packets: self.packets.min(other.packets),
        }
    }
}
