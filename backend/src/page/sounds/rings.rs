use std::f32::consts::TAU;

/// Samples a second: enough for bells.
pub(super) const RATE: u32 = 16_000;

/// A struck or blown thing: what it sounds of, and how fast each part of it fades.
struct Timbre {
    /// How long the stroke takes to its full strength.
    attack_s: f32,
    /// Multiples of the note's frequency, loudness, seconds until it has faded to a third.
    partials: &'static [(f32, f32, f32)],
}

/// Wooden bars over pipes: overtones at 4 and 10.
const MARIMBA: Timbre =
    Timbre { attack_s: 0.003, partials: &[(1.0, 0.8, 0.32), (3.98, 0.16, 0.09), (9.9, 0.05, 0.03)] };
/// A small bronze bell, whose partials are no harmonics.
const BELL: Timbre = Timbre {
    attack_s: 0.001,
    partials: &[(1.0, 0.4, 0.35), (2.4, 0.25, 0.2), (3.0, 0.2, 0.15), (4.5, 0.1, 0.1)],
};
/// Breathes in.
const PAD: Timbre =
    Timbre { attack_s: 0.25, partials: &[(1.0, 0.4, 1.1), (2.0, 0.12, 0.8), (3.0, 0.05, 0.5)] };
/// Dry, like wood and a little glass.
const TAP: Timbre =
    Timbre { attack_s: 0.004, partials: &[(1.0, 0.7, 0.09), (2.0, 0.25, 0.06), (5.0, 0.06, 0.02)] };

/// Start in seconds, frequency in Hz.
type Stroke = (f32, f32);

/// Equal temperament; A4 is 69.
fn note(midi: f32) -> f32 {
    440.0 * ((midi - 69.0) / 12.0).exp2()
}

/// One round of a ringtone, from -1 to 1, whose end leads into its beginning; `None` for a name that is none.
pub(super) fn samples(name: &str) -> Option<Vec<f32>> {
    let (length_s, timbre, strokes): (f32, Timbre, Vec<Stroke>) = match name {
        // A hammer between two gongs, twice, and a rest.
        "ring-bell" => {
            let round = |start: f32| {
                (0..16_u8).map(move |n| {
                    let gong = if n % 2 == 0 { 1_046.0 } else { 1_318.0 };
                    (start + f32::from(n) * 0.05, gong)
                })
            };
            (3.6, BELL, round(0.0).chain(round(1.1)).collect())
        }
        "ring-marimba" => {
            let melody = [72.0, 76.0, 79.0, 84.0, 81.0, 79.0, 76.0, 79.0];
            let times = [0.0, 0.18, 0.36, 0.54, 0.9, 1.08, 1.26, 1.44];
            (3.2, MARIMBA, times.into_iter().zip(melody.map(note)).collect())
        }
        // D, F sharp, A, C sharp, E.
        "ring-sunrise" => {
            let chord = [62.0, 66.0, 69.0, 73.0, 76.0];
            (4.2, PAD, (0_u8..).map(|n| f32::from(n) * 0.32).zip(chord.map(note)).collect())
        }
        "ring-pulse" => {
            let pair = |start: f32| [(start, note(64.0)), (start + 0.14, note(69.0))];
            (2.4, TAP, [0.0, 0.42].into_iter().flat_map(pair).collect())
        }
        // For trying a speaker out: up, and home.
        "chime" => {
            (1.8, MARIMBA, vec![(0.0, note(67.0)), (0.25, note(71.0)), (0.5, note(74.0)), (0.85, note(79.0))])
        }
        _ => return None,
    };
    Some(level(render(length_s, &timbre, &strokes)))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds of samples")]
#[expect(clippy::cast_precision_loss, reason = "sample counts are far below 2^23")]
fn render(length_s: f32, timbre: &Timbre, strokes: &[Stroke]) -> Vec<f32> {
    let rate = RATE as f32;
    let mut samples = vec![0.0; (length_s * rate) as usize];
    let len = samples.len();
    for &(start_s, hz) in strokes {
        let start = (start_s * rate) as usize;
        // What still sounds at the end of the round sounds on in the next.
        for i in 0..len {
            let t = i as f32 / rate;
            let attack = (t / timbre.attack_s).min(1.0);
            // To nothing within the round.
            let release = ((length_s - t) / 0.05).min(1.0);
            let sum: f32 = timbre
                .partials
                .iter()
                .map(|(ratio, loud, fade_s)| loud * (TAU * hz * ratio * t).sin() * (-t / fade_s).exp())
                .sum();
            samples[(start + i) % len] += sum * attack * release;
        }
    }
    samples
}

/// All equally loud at their loudest.
fn level(mut samples: Vec<f32>) -> Vec<f32> {
    let loudest = samples.iter().fold(0.01_f32, |loudest, sample| loudest.max(sample.abs()));
    for sample in &mut samples {
        *sample *= 0.7 / loudest;
    }
    samples
}
