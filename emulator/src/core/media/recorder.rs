//! Writes down what a party says, until it is silent for long enough or has said enough.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::frame::{FRAME, Frame, SAMPLE_RATE};

/// A frame that is not louder than this is silence: the noise of a line is below, a whisper is above. RMS.
const SILENCE: f32 = 200.0;

/// When a recording ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// After so much silence in one piece, also at its beginning.
    pub silence: Duration,
    /// After so much in all.
    pub longest: Duration,
}

/// Why a recording ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Nobody spoke any more.
    Silence,
    /// It is as long as it may be.
    Length,
    /// It was told to, or the party is gone.
    Stopped,
}

/// What was said.
#[derive(Clone, PartialEq)]
pub struct Recorded {
    /// 8 kHz, 16 bit.
    pub samples: Arc<[i16]>,
    /// Why it ended.
    pub ended: Ended,
}

impl Recorded {
    /// Nothing was said, for there was nobody.
    #[must_use]
    pub fn nothing() -> Self {
        Self { samples: Arc::from([]), ended: Ended::Stopped }
    }
}

/// An hour of samples is no reading matter.
impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorded").field("samples", &self.samples.len()).field("ended", &self.ended).finish()
    }
}

/// A recording that goes on.
#[derive(Debug)]
pub(crate) struct Recorder {
    samples: Vec<i16>,
    /// Samples of silence at the end.
    silent: usize,
    most_silence: usize,
    longest: usize,
}

impl Recorder {
    pub(crate) fn new(limits: Limits) -> Self {
        let count = |time: Duration| {
            usize::try_from(time.as_millis() * u128::from(SAMPLE_RATE) / 1000).unwrap_or(usize::MAX)
        };
        Self {
            samples: Vec::new(),
            silent: 0,
            most_silence: count(limits.silence),
            longest: count(limits.longest),
        }
    }

    /// Takes 20 ms. Says when that was the last of it.
    pub(crate) fn push(&mut self, frame: &Frame) -> Option<Ended> {
        self.samples.extend(frame);
        self.silent = if is_silent(frame) { self.silent + FRAME } else { 0 };
        if self.samples.len() >= self.longest {
            return Some(Ended::Length);
        }
        (self.silent >= self.most_silence).then_some(Ended::Silence)
    }

    pub(crate) fn finish(self, ended: Ended) -> Recorded {
        Recorded { samples: self.samples.into(), ended }
    }
}

fn is_silent(frame: &[i16]) -> bool {
    let power: f32 = frame.iter().map(|&sample| f32::from(sample).powi(2)).sum();
    (power / frame.len() as f32).sqrt() <= SILENCE
}

/// The same without the silence before and after it.
#[must_use]
pub fn trimmed(samples: &[i16]) -> &[i16] {
    let spoken = |frame: &[i16]| !is_silent(frame);
    let frames = samples.chunks(FRAME).collect::<Vec<_>>();
    let Some(first) = frames.iter().position(|frame| spoken(frame)) else { return &[] };
    let last = frames.iter().rposition(|frame| spoken(frame)).unwrap_or(first);
    samples.get(first * FRAME..samples.len().min((last + 1) * FRAME)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOUD: Frame = [5000; FRAME];
    const HUSH: Frame = [3; FRAME];

    fn recorder(silence: u64, longest: u64) -> Recorder {
        let millis = Duration::from_millis;
        Recorder::new(Limits { silence: millis(silence), longest: millis(longest) })
    }

    /// How many frames it takes, and why it ends then.
    fn run(recorder: &mut Recorder, frames: &[Frame]) -> Option<(usize, Ended)> {
        frames.iter().enumerate().find_map(|(at, frame)| recorder.push(frame).map(|why| (at + 1, why)))
    }

    #[test]
    fn silence_in_one_piece_ends_it() {
        let mut recorder = recorder(100, 10_000);
        let pause = [HUSH, HUSH, HUSH, HUSH, LOUD];
        assert_eq!(run(&mut recorder, &pause), None);
        assert_eq!(run(&mut recorder, &pause), None);
        assert_eq!(run(&mut recorder, &[HUSH; 9]), Some((5, Ended::Silence)));
        assert_eq!(recorder.finish(Ended::Silence).samples.len(), 15 * FRAME);
    }

    #[test]
    fn whoever_never_speaks_is_not_waited_for() {
        assert_eq!(run(&mut recorder(100, 10_000), &[HUSH; 9]), Some((5, Ended::Silence)));
    }

    #[test]
    fn it_is_no_longer_than_it_may_be() {
        assert_eq!(run(&mut recorder(100, 200), &[LOUD; 99]), Some((10, Ended::Length)));
    }

    #[test]
    fn only_the_silence_around_is_cut_off() {
        let said: Vec<i16> = [HUSH, HUSH, LOUD, HUSH, LOUD, HUSH].concat();
        assert_eq!(trimmed(&said), [LOUD, HUSH, LOUD].concat());
        assert!(trimmed(&[HUSH, HUSH].concat()).is_empty() && trimmed(&[]).is_empty());
        assert_eq!(trimmed(&[5000; 10]), [5000; 10]);
    }
}
