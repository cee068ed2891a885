use std::f32::consts::TAU;

/// Samples a second.
pub(super) const RATE: u32 = 8_000;

/// Keypad frequencies in Hz: those of ITU-T Q.23, moved within its tolerance of 1.5 % to multiples of 20, so that the wave
/// repeats every 50 ms and the files compress to half. For the ear only: the far end hears the browser's own tones.
const ROWS: [f32; 4] = [700.0, 780.0, 860.0, 940.0];
const COLUMNS: [f32; 3] = [1200.0, 1340.0, 1480.0];
const KEYPAD: [&str; 4] = ["123", "456", "789", "s0h"];

/// A stretch of sound: frequencies with their loudness (0 to 1), from `start_s` on, for `length_s`.
struct Note<'a> {
    start_s: f32,
    length_s: f32,
    tones: &'a [(f32, f32)],
}

/// The sound with one of the SDK's names, from -1 to 1.
pub(super) fn samples(name: &str) -> Vec<f32> {
    match name {
        // The SDK plays it in a loop: a bell of two soft notes, twice, and a rest.
        "incoming" => {
            let high: &[_] = &[(880.0, 0.5), (1760.0, 0.15)];
            let low: &[_] = &[(698.5, 0.5), (1397.0, 0.15)];
            let notes = [(0.0, high), (0.2, low), (0.4, high), (0.6, low)].map(|(start_s, tones)| Note {
                start_s,
                length_s: 0.45,
                tones,
            });
            render(2.0, &notes, true)
        }
        // Played once when the far end answers.
        "outgoing" => {
            let notes = [
                Note { start_s: 0.0, length_s: 0.12, tones: &[(523.3, 0.35)] },
                Note { start_s: 0.1, length_s: 0.18, tones: &[(784.0, 0.35)] },
            ];
            render(0.3, &notes, true)
        }
        "disconnect" => {
            let notes = [
                Note { start_s: 0.0, length_s: 0.12, tones: &[(784.0, 0.35)] },
                Note { start_s: 0.1, length_s: 0.18, tones: &[(523.3, 0.35)] },
            ];
            render(0.3, &notes, true)
        }
        key => {
            let tones = key.chars().last().and_then(key_tones).unwrap_or([(440.0, 0.0); 2]);
            render(0.1, &[Note { start_s: 0.0, length_s: 0.1, tones: &tones }], false)
        }
    }
}

fn key_tones(key: char) -> Option<[(f32, f32); 2]> {
    KEYPAD.iter().zip(ROWS).find_map(|(keys, row)| {
        let column = keys.find(key)?;
        Some([(row, 0.35), (COLUMNS[column], 0.35)])
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds of samples")]
#[expect(clippy::cast_precision_loss, reason = "sample counts are far below 2^23")]
fn render(length_s: f32, notes: &[Note<'_>], fades_away: bool) -> Vec<f32> {
    let rate = RATE as f32;
    let mut samples = vec![0.0; (length_s * rate) as usize];
    for note in notes {
        let start = (note.start_s * rate) as usize;
        for (i, sample) in samples.iter_mut().skip(start).take((note.length_s * rate) as usize).enumerate() {
            let t = i as f32 / rate;
            // Without ramps both ends would click.
            let ramp = (t / 0.005).min((note.length_s - t) / 0.01).clamp(0.0, 1.0);
            let decay = if fades_away { (-5.0 * t / note.length_s).exp() } else { 1.0 };
            *sample +=
                note.tones.iter().map(|(hz, loud)| loud * (TAU * hz * t).sin()).sum::<f32>() * ramp * decay;
        }
    }
    samples
}
