//! The phone's sounds, made here: nobody's recordings. Those of the SDK at start, ringtones when one is asked for first.

mod rings;
mod synth;
mod wav;

use std::{collections::HashMap, sync::OnceLock};

use shared::api::paths::{MUSIC_NAMES, SOUND_NAMES};

/// WAV files by name.
pub(crate) struct Sounds {
    beeps: HashMap<&'static str, Vec<u8>>,
    music: [OnceLock<Vec<u8>>; MUSIC_NAMES.len()],
}

impl Sounds {
    pub(crate) fn synthesise() -> Self {
        let beep = |name| (name, wav::beeps(synth::RATE, &synth::samples(name)));
        Self { beeps: SOUND_NAMES.map(beep).into(), music: Default::default() }
    }

    /// The WAV file of a sound.
    pub(crate) fn get(&self, name: &str) -> Option<&[u8]> {
        if let Some(beep) = self.beeps.get(name) {
            return Some(beep);
        }
        let (music, name) = self.music.iter().zip(MUSIC_NAMES).find(|(_, known)| *known == name)?;
        Some(music.get_or_init(|| wav::music(rings::RATE, &rings::samples(name).unwrap_or_default())))
    }
}

#[cfg(test)]
mod tests {
    use shared::api::paths::SILENCE;

    use super::*;

    #[test]
    fn every_sound_of_the_sdk_is_a_small_wav_file() {
        let sounds = Sounds::synthesise();
        for name in SOUND_NAMES {
            let wav = sounds.get(name).unwrap();
            assert_eq!((&wav[..4], &wav[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]), "{name}");
            assert_eq!(u32::from_le_bytes(wav[4..8].try_into().unwrap()) as usize, wav.len() - 8, "{name}");
            assert!(wav.len() < 20_000, "{name}");
            let loudest = wav[44..].iter().map(|sample| sample.abs_diff(128)).max().unwrap();
            assert_eq!(loudest > 20, name != SILENCE, "{name}: {loudest}");
        }
        assert!(sounds.get("dtmf0").is_none());
    }

    #[test]
    fn every_ringtone_is_music_that_goes_round_without_a_click() {
        let sounds = Sounds::synthesise();
        let mut rounds = Vec::new();
        for name in MUSIC_NAMES {
            let wav = sounds.get(name).unwrap();
            assert!(wav.len() < 160_000, "{name}: {}", wav.len());
            let samples: Vec<i16> =
                wav[44..].chunks_exact(2).map(|pair| i16::from_le_bytes(pair.try_into().unwrap())).collect();
            assert!(samples.len() > 16_000, "{name} is short");
            let loudest = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap();
            assert!((22_000..24_000).contains(&loudest), "{name}: {loudest}");
            let seam = samples[0].abs_diff(*samples.last().unwrap());
            assert!(seam < 1_500, "{name} clicks by {seam}");
            rounds.push(samples);
        }
        rounds.dedup();
        assert_eq!(rounds.len(), MUSIC_NAMES.len(), "two are the same");
    }
}
