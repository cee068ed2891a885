//! A voice that says nothing: syllables with a pitch and two formants, as many as the text is long.

use std::f32::consts::PI;

use super::frame::SAMPLE_RATE;

/// 60 ms for each character.
const PER_CHARACTER: usize = SAMPLE_RATE as usize * 60 / 1000;
/// 300 ms, so that even "Hi" is a sound.
const SHORTEST: usize = SAMPLE_RATE as usize * 300 / 1000;
/// 180 ms, three characters.
const SYLLABLE: usize = 3 * PER_CHARACTER;
/// First and second formant of five vowels, hertz.
const VOWELS: [(f32, f32); 5] =
    [(730.0, 1090.0), (530.0, 1840.0), (300.0, 2250.0), (570.0, 880.0), (320.0, 900.0)];

/// Samples of babble; the same text always makes the same samples.
#[derive(Debug)]
pub(super) struct Babble {
    syllables: Vec<u32>,
    position: usize,
    length: usize,
    phase: f32,
    formants: [Resonator; 2],
}

impl Babble {
    pub(super) fn new(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        // FNV-1a, so that different words sound different.
        let hash = |chunk: &[char]| {
            chunk.iter().fold(0x811c_9dc5_u32, |h, &c| (h ^ u32::from(c)).wrapping_mul(0x0100_0193))
        };
        Self {
            syllables: characters.chunks(3).map(hash).collect(),
            position: 0,
            length: (characters.len().saturating_mul(PER_CHARACTER)).max(SHORTEST),
            phase: 0.0,
            formants: [Resonator::default(); 2],
        }
    }
}

impl Iterator for Babble {
    type Item = i16;

    fn next(&mut self) -> Option<i16> {
        if self.position == self.length {
            return None;
        }
        let within = self.position % SYLLABLE;
        let hash = self.syllables.get(self.position / SYLLABLE).copied().unwrap_or(0x5eed);
        if within == 0 {
            let (first, second) = VOWELS[hash as usize % VOWELS.len()];
            self.formants[0].tune(first, 90.0);
            self.formants[1].tune(second, 120.0);
        }
        self.position += 1;

        // The pitch falls a little within each syllable, as it does when people read aloud.
        let progress = within as f32 / SYLLABLE as f32;
        let pitch = 105.0 + ((hash >> 8) & 0x1f) as f32 - 12.0 * progress;
        self.phase = (self.phase + pitch / SAMPLE_RATE as f32).fract();
        let buzz = 1.0 - 2.0 * self.phase;
        let envelope = (PI * progress).sin();
        let voice = self.formants[0].filter(buzz) + 0.5 * self.formants[1].filter(buzz);
        Some((voice * envelope * 12000.0).clamp(-24000.0, 24000.0) as i16)
    }
}

/// A two-pole resonator with about unit gain at its centre.
#[derive(Clone, Copy, Debug, Default)]
struct Resonator {
    gain: f32,
    feedback: [f32; 2],
    memory: [f32; 2],
}

impl Resonator {
    fn tune(&mut self, centre_hz: f32, width_hz: f32) {
        let rate = SAMPLE_RATE as f32;
        let radius = (-PI * width_hz / rate).exp();
        let angle = 2.0 * PI * centre_hz / rate;
        self.feedback = [2.0 * radius * angle.cos(), -radius * radius];
        self.gain = (1.0 - radius) * (1.0 - 2.0 * radius * (2.0 * angle).cos() + radius * radius).sqrt();
    }

    fn filter(&mut self, input: f32) -> f32 {
        let output =
            self.gain * input + self.feedback[0] * self.memory[0] + self.feedback[1] * self.memory[1];
        self.memory = [output, self.memory[0]];
        output
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_follows_the_text() {
        assert_eq!(Babble::new("").count(), SHORTEST);
        assert_eq!(Babble::new("Hi").count(), SHORTEST);
        assert_eq!(Babble::new("Hello, world").count(), 12 * PER_CHARACTER);
        assert_eq!(Babble::new("こんにちは世界").count(), 7 * PER_CHARACTER);
    }

    #[test]
    fn it_can_be_heard_and_is_always_the_same() {
        let say = |text| Babble::new(text).collect::<Vec<i16>>();
        let samples = say("The number you have dialled is not in service.");
        let power = samples.iter().map(|&s| f32::from(s).powi(2)).sum::<f32>() / samples.len() as f32;
        let rms = power.sqrt() / 32768.0;
        assert!((0.02..0.4).contains(&rms), "rms {rms}");
        assert_eq!(samples, say("The number you have dialled is not in service."));
        assert_ne!(say("one two three"), say("four five six"));
    }
}
