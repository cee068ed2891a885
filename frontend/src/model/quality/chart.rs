use std::fmt::Write;

use super::{History, Sample};

/// What a chart shows over the call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Measure {
    /// Mean opinion score, hundredths.
    Voice,
    /// Milliseconds.
    RoundTrip,
    /// Milliseconds.
    Jitter,
    /// Tenths of a percent.
    Loss,
}

/// A chart's width and height in units of its drawing.
pub const WIDTH: u32 = 300;
pub const HEIGHT: u32 = 48;

/// One measure over the call, to be drawn on [`WIDTH`] by [`HEIGHT`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Curve {
    /// An SVG path; empty when nothing was measured.
    pub line: String,
    /// The same, closed along the bottom.
    pub area: String,
    /// The last value, and the worst.
    pub now: u16,
    pub worst: u16,
}

impl Measure {
    pub const ALL: [Self; 4] = [Self::Voice, Self::RoundTrip, Self::Jitter, Self::Loss];

    /// This measure of a sample.
    pub fn of(self, sample: Sample) -> u16 {
        match self {
            Self::Voice => sample.mos,
            Self::RoundTrip => sample.rtt_ms,
            Self::Jitter => sample.jitter_ms,
            Self::Loss => sample.loss_permille,
        }
    }

    /// The least and the greatest value of the axis: a call without trouble is a calm line, not noise blown up.
    fn axis(self, worst: u16) -> (u16, u16) {
        match self {
            Self::Voice => (100, 450),
            Self::RoundTrip => (0, worst.max(400)),
            Self::Jitter => (0, worst.max(60)),
            Self::Loss => (0, worst.max(50)),
        }
    }

    /// This measure over the call.
    pub fn curve(self, history: &History) -> Curve {
        // A score that is not known yet is no point of the curve.
        let known = |value: &u16| self != Self::Voice || *value > 0;
        let points = history.points().iter().map(|point| (point.at_s, self.of(point.sample)));
        let points: Vec<_> = points.filter(|(_, value)| known(value)).collect();
        let values = points.iter().map(|(_, value)| *value);
        let worst = if self == Self::Voice { values.min() } else { values.max() }.unwrap_or(0);
        let (least, greatest) = self.axis(worst);
        let seconds = history.seconds().saturating_sub(1).max(1);
        let mut line = String::new();
        let mut last = 0;
        for (at_s, value) in &points {
            let x = u64::from(*at_s) * u64::from(WIDTH) / u64::from(seconds);
            let above = u32::from(value.clamp(&least, &greatest) - least);
            let y = HEIGHT - above * HEIGHT / u32::from(greatest - least);
            let verb = if line.is_empty() { 'M' } else { 'L' };
            // Writing to memory cannot fail.
            let _ = write!(line, "{verb}{x} {y}");
            last = x;
        }
        let area = match points.first() {
            Some((first, _)) => {
                let first = u64::from(*first) * u64::from(WIDTH) / u64::from(seconds);
                format!("{line}L{last} {HEIGHT}L{first} {HEIGHT}Z")
            }
            None => String::new(),
        };
        Curve { line, area, now: points.last().map_or(0, |(_, value)| *value), worst }
    }
}
