use std::f32::consts::TAU;

/// Samples a second.
pub(super) const RATE: u32 = 8_000;

// Every wave repeats itself sample by sample, and loudness falls in steps, so that the files compress to a fifth.

/// How long loudness stays the same while a note fades away; a multiple of the periods of all notes that do, which are of
/// multiples of 200 Hz, so that it changes where the wave is at zero.
const STEP_S: f32 = 0.02;

/// A stretch of sound: frequencies with their loudness (0 to 1), from `start_s` on, for `length_s`.
struct Note {
    start_s: f32,
    length_s: f32,
    tones: Vec<(f32, f32)>,
}

fn beep(start_s: f32, hz: f32) -> Note {
    Note { start_s, length_s: 0.16, tones: vec![(hz, 0.35)] }
}

/// The sound with one of the SDK's names, from -1 to 1.
pub(super) fn samples(name: &str) -> Vec<f32> {
    match name {
        // The SDK plays it in a loop: a bell of two soft notes, twice, and a rest.
        "incoming" => {
            let high = [(1000.0, 0.45), (2000.0, 0.12)];
            let low = [(800.0, 0.5), (1600.0, 0.15)];
            let notes = [(0.0, high), (0.2, low), (0.4, high), (0.6, low)].map(|(start_s, tones)| Note {
                start_s,
                length_s: 0.2,
                tones: tones.to_vec(),
            });
            render(2.0, &notes)
        }
        // Played once when the far end answers.
        "outgoing" => render(0.28, &[beep(0.0, 600.0), beep(0.12, 800.0)]),
        "disconnect" => render(0.28, &[beep(0.0, 800.0), beep(0.12, 600.0)]),
        _ => render(0.05, &[]),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds of samples")]
#[expect(clippy::cast_precision_loss, reason = "sample counts are far below 2^23")]
fn render(length_s: f32, notes: &[Note]) -> Vec<f32> {
    let rate = RATE as f32;
    let mut samples = vec![0.0; (length_s * rate) as usize];
    for note in notes {
        let start = (note.start_s * rate) as usize;
        for (i, sample) in samples.iter_mut().skip(start).take((note.length_s * rate) as usize).enumerate() {
            let t = i as f32 / rate;
            // Without ramps both ends would click.
            let ramp = (t / 0.005).min((note.length_s - t) / 0.01).clamp(0.0, 1.0);
            let step = (t / STEP_S + 0.01).floor() * STEP_S;
            let decay = (-3.0 * step / note.length_s).exp();
            *sample +=
                note.tones.iter().map(|(hz, loud)| loud * (TAU * hz * t).sin()).sum::<f32>() * ramp * decay;
        }
    }
    samples
}
