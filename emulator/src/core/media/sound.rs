//! Sounds that the emulator makes.

use std::collections::VecDeque;
use std::f32::consts::TAU;
use std::sync::Arc;

use super::dtmf;
use super::frame::{Frame, SAMPLE_RATE};
use super::speech::Babble;

/// A sound at 8 kHz. `Speech`, `Dtmf` and a clip that does not repeat come to an end, the others do not.
#[derive(Clone, PartialEq, Debug)]
pub enum Sound {
    /// Nothing, for ever.
    Silence,
    /// A sine.
    Tone {
        /// Frequency, hertz; at most 4000.
        hz: f32,
        /// Peak, 0 to 1 of full scale.
        amplitude: f32,
    },
    /// What a caller hears while it rings: 440 and 480 Hz, 2 s on, 4 s off (North America).
    Ringback,
    /// 480 and 620 Hz, half a second on, half a second off (North America).
    BusyTone,
    /// Spoken-like babble, 60 ms for each character, at least 300 ms. Always the same for the same text.
    Speech {
        /// What would be said.
        text: String,
    },
    /// Recorded audio.
    Clip {
        /// 8 kHz, 16 bit.
        samples: Arc<[i16]>,
        /// Start again at the end.
        repeat: bool,
    },
    /// Keys as tone pairs, 160 ms each with 80 ms between. `w` is half a second of silence; other characters
    /// are skipped.
    Dtmf(String),
}

/// Plays one [`Sound`] from its beginning.
#[derive(Debug)]
pub(crate) struct Player(Source);

#[derive(Debug)]
enum Source {
    Silence,
    Tone { step: f32, peak: f32, phase: f32 },
    Cadence { pair: Pair, on: u32, period: u32, position: u32 },
    Babble(Babble),
    Clip { samples: Arc<[i16]>, position: usize, repeat: bool },
    Keys { left: VecDeque<Key>, position: u32 },
    Ended,
}

#[derive(Debug)]
struct Pair {
    steps: [f32; 2],
    phases: [f32; 2],
    peak: f32,
}

#[derive(Debug)]
struct Key {
    pair: Option<Pair>,
    on: u32,
    total: u32,
}

const fn samples(milliseconds: u32) -> u32 {
    SAMPLE_RATE * milliseconds / 1000
}

impl Sound {
    /// What is heard before a recording: 1 kHz for half a second, as answering machines have it.
    #[must_use]
    pub fn beep() -> Self {
        let (length, mut phase) = (samples(500), 0.0);
        let step = 1000.0 / SAMPLE_RATE as f32;
        let samples = (0..length).map(|_| sine(&mut phase, step, 0.3 * f32::from(i16::MAX)) as i16).collect();
        Self::Clip { samples, repeat: false }
    }

    /// Nothing, for a moment: it is over as soon as the party can hear.
    #[must_use]
    pub fn moment() -> Self {
        Self::Clip { samples: Arc::from([0_i16; 1]), repeat: false }
    }
}

impl Player {
    pub(crate) fn new(sound: Sound) -> Self {
        Self(match sound {
            Sound::Silence => Source::Silence,
            Sound::Tone { hz, amplitude } => {
                let (hz, amplitude) = (finite(hz, SAMPLE_RATE as f32 / 2.0), finite(amplitude, 1.0));
                Source::Tone {
                    step: hz / SAMPLE_RATE as f32,
                    peak: amplitude * f32::from(i16::MAX),
                    phase: 0.0,
                }
            }
            Sound::Ringback => Source::Cadence {
                pair: Pair::new(440.0, 480.0),
                on: samples(2000),
                period: samples(6000),
                position: 0,
            },
            Sound::BusyTone => Source::Cadence {
                pair: Pair::new(480.0, 620.0),
                on: samples(500),
                period: samples(1000),
                position: 0,
            },
            Sound::Speech { text } => Source::Babble(Babble::new(&text)),
            Sound::Clip { samples, .. } if samples.is_empty() => Source::Ended,
            Sound::Clip { samples, repeat } => Source::Clip { samples, position: 0, repeat },
            Sound::Dtmf(keys) => {
                Source::Keys { left: keys.chars().filter_map(Key::new).collect(), position: 0 }
            }
        })
    }

    /// Writes the next 20 ms, silence after the end. `true` when the sound has ended.
    pub(crate) fn fill(&mut self, frame: &mut Frame) -> bool {
        for sample in frame.iter_mut() {
            *sample = self.0.next().unwrap_or_else(|| {
                self.0 = Source::Ended;
                0
            });
        }
        matches!(self.0, Source::Ended)
    }
}

impl Iterator for Source {
    type Item = i16;

    fn next(&mut self) -> Option<i16> {
        match self {
            Self::Silence => Some(0),
            Self::Ended => None,
            Self::Tone { step, peak, phase } => Some(sine(phase, *step, *peak) as i16),
            Self::Cadence { pair, on, period, position } => {
                let sample = if *position < *on { pair.next() } else { 0 };
                *position = (*position + 1) % *period;
                Some(sample)
            }
            Self::Babble(babble) => babble.next(),
            Self::Clip { samples, position, repeat } => {
                if *repeat && *position == samples.len() {
                    *position = 0;
                }
                let sample = samples.get(*position).copied();
                *position += 1;
                sample
            }
            Self::Keys { left, position } => {
                let key = left.front_mut()?;
                let sample = match &mut key.pair {
                    Some(pair) if *position < key.on => pair.next(),
                    _ => 0,
                };
                *position += 1;
                if *position == key.total {
                    left.pop_front();
                    *position = 0;
                }
                Some(sample)
            }
        }
    }
}

impl Key {
    fn new(key: char) -> Option<Self> {
        if key.eq_ignore_ascii_case(&'w') {
            return Some(Self { pair: None, on: 0, total: samples(500) });
        }
        let (low, high) = dtmf::tones(key)?;
        Some(Self { pair: Some(Pair::new(low, high)), on: samples(160), total: samples(240) })
    }
}

impl Pair {
    fn new(first: f32, second: f32) -> Self {
        let rate = SAMPLE_RATE as f32;
        Self { steps: [first / rate, second / rate], phases: [0.0; 2], peak: 0.2 * f32::from(i16::MAX) }
    }

    fn next(&mut self) -> i16 {
        let [a, b] = &mut self.phases;
        (sine(a, self.steps[0], self.peak) + sine(b, self.steps[1], self.peak)) as i16
    }
}

/// `phase` counts turns, so that it stays exact in a tone that lasts for hours.
fn sine(phase: &mut f32, step: f32, peak: f32) -> f32 {
    let sample = (*phase * TAU).sin() * peak;
    *phase = (*phase + step).fract();
    sample
}

fn finite(value: f32, most: f32) -> f32 {
    if value.is_finite() { value.clamp(0.0, most) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::media::analysis::{Heard, analyse};
    use crate::core::media::frame::FRAME;

    /// Plays until the end or for `frames`; the samples and whether it ended.
    fn play(sound: Sound, frames: usize) -> (Vec<i16>, bool) {
        let mut player = Player::new(sound);
        let mut all = Vec::new();
        for _ in 0..frames {
            let mut frame = [0; FRAME];
            let ended = player.fill(&mut frame);
            all.extend(frame);
            if ended {
                return (all, true);
            }
        }
        (all, false)
    }

    fn hear(samples: &[i16]) -> Heard {
        analyse(&samples[..1600])
    }

    #[test]
    fn a_tone_is_heard_as_that_tone() {
        let (samples, ended) = play(Sound::Tone { hz: 440.0, amplitude: 0.5 }, 1000);
        let heard = hear(&samples[samples.len() - 1600..]);
        assert!((heard.peak_hz.expect("audible") - 440.0).abs() < 1.0, "{heard:?}");
        assert!((heard.rms - 0.3535).abs() < 0.003, "{heard:?}");
        assert!(!ended);
    }

    #[test]
    fn tones_that_cannot_be_are_silence_or_clipped() {
        for sound in [
            Sound::Tone { hz: f32::NAN, amplitude: 1.0 },
            Sound::Tone { hz: -1.0, amplitude: 1.0 },
            Sound::Tone { hz: 440.0, amplitude: f32::INFINITY },
        ] {
            assert_eq!(hear(&play(sound, 10).0).rms, 0.0);
        }
        assert!(hear(&play(Sound::Tone { hz: 440.0, amplitude: 9.0 }, 10).0).rms < 0.72);
    }

    #[test]
    fn ringback_pauses_for_four_seconds() {
        let (samples, ended) = play(Sound::Ringback, 350);
        assert!(hear(&samples).rms > 0.1);
        assert_eq!(hear(&samples[16_000..]).rms, 0.0);
        assert_eq!(hear(&samples[46_000..]).rms, 0.0);
        assert!(hear(&samples[48_000..]).rms > 0.1);
        assert!(!ended);
    }

    #[test]
    fn finite_sounds_end_when_they_should() {
        let clip: Arc<[i16]> = (1..=400).collect();
        let (samples, ended) = play(Sound::Clip { samples: clip.clone(), repeat: false }, 100);
        assert!(ended);
        assert_eq!((samples.len(), samples[399], samples[400]), (480, 400, 0));

        let (samples, ended) = play(Sound::Clip { samples: clip, repeat: true }, 100);
        assert!(!ended);
        assert_eq!((samples[399], samples[400]), (400, 1));

        assert!(play(Sound::Clip { samples: Arc::from([]), repeat: true }, 1).1);
        assert!(play(Sound::Speech { text: "Hello".to_owned() }, 16).1);
        assert!(play(Sound::Dtmf("xyz".to_owned()), 1).1);
        assert!(!play(Sound::BusyTone, 500).1);
    }

    #[test]
    fn keys_are_tone_pairs_in_order() {
        let (samples, ended) = play(Sound::Dtmf("1w#".to_owned()), 60);
        assert!(ended);
        let strongest = |samples: &[i16]| analyse(&samples[..1280]).peak_hz.expect("audible");
        let near = |hz: f32, of: [f32; 2]| of.iter().any(|f| (f - hz).abs() < 10.0);
        assert!(near(strongest(&samples), [697.0, 1209.0]));
        assert_eq!(analyse(&samples[1280..5920]).rms, 0.0);
        assert!(near(strongest(&samples[5920..]), [941.0, 1477.0]));
    }
}
