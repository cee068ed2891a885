//! What somebody hears: loudness and dominant frequency of the last 200 ms.

use std::collections::VecDeque;
use std::f32::consts::PI;

use super::frame::{Frame, SAMPLE_RATE};

/// 200 ms.
const WINDOW: usize = SAMPLE_RATE as usize / 5;
const FFT_SIZE: usize = 2048;
/// Below this nothing can be said of a frequency (about -54 dB of full scale).
const AUDIBLE: f32 = 0.002;
const LOWEST_HZ: f32 = 200.0;
const HIGHEST_HZ: f32 = 3400.0;

/// Loudness and dominant frequency of 200 ms of audio.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Heard {
    /// Root mean square, 0 to 1 of full scale. A sine of amplitude a has a/√2.
    pub rms: f32,
    /// The strongest frequency between 200 and 3400 Hz; `None` when it is too quiet to tell.
    pub peak_hz: Option<f32>,
}

/// The last 200 ms of somebody's audio.
#[derive(Debug)]
pub(crate) struct Ring(VecDeque<i16>);

impl Ring {
    pub(crate) fn new() -> Self {
        Self(VecDeque::from(vec![0; WINDOW]))
    }

    pub(crate) fn push(&mut self, frame: &Frame) {
        self.0.drain(..frame.len().min(self.0.len()));
        self.0.extend(frame);
    }

    pub(crate) fn samples(&self) -> Vec<i16> {
        self.0.iter().copied().collect()
    }
}

/// Analyses up to 2048 samples of 8 kHz audio.
pub(crate) fn analyse(samples: &[i16]) -> Heard {
    let samples = samples.get(..FFT_SIZE).unwrap_or(samples);
    if samples.is_empty() {
        return Heard::default();
    }
    let count = samples.len() as f32;
    let mean = samples.iter().map(|&s| f32::from(s)).sum::<f32>() / count;
    let centred: Vec<f32> = samples.iter().map(|&s| (f32::from(s) - mean) / 32768.0).collect();
    let rms = (centred.iter().map(|s| s * s).sum::<f32>() / count).sqrt();
    Heard { rms, peak_hz: (rms >= AUDIBLE).then(|| peak(&centred)).flatten() }
}

fn peak(samples: &[f32]) -> Option<f32> {
    let span = 2.0 * PI / samples.len() as f32;
    let mut re: Vec<f32> =
        samples.iter().enumerate().map(|(i, s)| s * (0.5 - 0.5 * (span * i as f32).cos())).collect();
    re.resize(FFT_SIZE, 0.0);
    let mut im = vec![0.0; FFT_SIZE];
    fft(&mut re, &mut im);

    let bin_hz = SAMPLE_RATE as f32 / FFT_SIZE as f32;
    let power = |bin: usize| (re[bin] * re[bin] + im[bin] * im[bin]).max(f32::MIN_POSITIVE);
    let bins = (LOWEST_HZ / bin_hz) as usize..=(HIGHEST_HZ / bin_hz) as usize;
    let bin = bins.max_by(|&a, &b| power(a).total_cmp(&power(b)))?;
    // The top of a Hann window's main lobe is close to a parabola in the logarithm.
    let (left, top, right) = (power(bin - 1).ln(), power(bin).ln(), power(bin + 1).ln());
    let curve = left - 2.0 * top + right;
    let offset = if curve.abs() < f32::EPSILON { 0.0 } else { 0.5 * (left - right) / curve };
    Some((bin as f32 + offset.clamp(-0.5, 0.5)) * bin_hz)
}

/// In-place radix-2 transform; the length is a power of two.
fn fft(re: &mut [f32], im: &mut [f32]) {
    let size = re.len();
    let mut target = 0;
    for i in 1..size {
        let mut bit = size >> 1;
        while target & bit != 0 {
            target ^= bit;
            bit >>= 1;
        }
        target |= bit;
        if i < target {
            re.swap(i, target);
            im.swap(i, target);
        }
    }
    let mut half = 1;
    while half < size {
        for k in 0..half {
            let (sin, cos) = (-PI * k as f32 / half as f32).sin_cos();
            for a in (k..size).step_by(half * 2) {
                let b = a + half;
                let (r, i) = (re[b] * cos - im[b] * sin, re[b] * sin + im[b] * cos);
                (re[b], im[b]) = (re[a] - r, im[a] - i);
                (re[a], im[a]) = (re[a] + r, im[a] + i);
            }
        }
        half *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f32, amplitude: f32) -> Vec<i16> {
        (0..WINDOW)
            .map(|i| {
                let phase = 2.0 * PI * hz * i as f32 / SAMPLE_RATE as f32;
                (phase.sin() * amplitude * 32767.0) as i16
            })
            .collect()
    }

    #[test]
    fn finds_the_frequency_within_two_hertz() {
        for hz in [205.0, 301.7, 440.0, 880.0, 1001.3, 2222.0, 3390.0] {
            let heard = analyse(&tone(hz, 0.25));
            let peak = heard.peak_hz.expect("loud enough");
            assert!((peak - hz).abs() < 2.0, "{hz} measured as {peak}");
            assert!((heard.rms - 0.1768).abs() < 0.003, "{hz}: {}", heard.rms);
        }
    }

    #[test]
    fn the_louder_of_two_tones_wins() {
        let mixed: Vec<i16> =
            tone(440.0, 0.1).iter().zip(tone(1500.0, 0.3)).map(|(a, b)| a.saturating_add(b)).collect();
        let peak = analyse(&mixed).peak_hz.expect("loud enough");
        assert!((peak - 1500.0).abs() < 3.0, "{peak}");
    }

    #[test]
    fn silence_and_a_constant_have_no_frequency() {
        assert_eq!(analyse(&[0; WINDOW]), Heard::default());
        assert_eq!(analyse(&[1000; WINDOW]).peak_hz, None);
        assert_eq!(analyse(&[]), Heard::default());
    }

    #[test]
    fn the_ring_keeps_the_newest() {
        let mut ring = Ring::new();
        for n in 0..20 {
            ring.push(&[n; 160]);
        }
        let samples = ring.samples();
        assert_eq!(samples.len(), WINDOW);
        assert_eq!((samples[0], samples[WINDOW - 1]), (10, 19));
    }
}
