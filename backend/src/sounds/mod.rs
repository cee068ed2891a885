//! The SDK's sounds, made at start: nothing to download, nobody's recordings.

mod synth;
mod wav;

use std::collections::HashMap;

use shared::api::paths::SOUND_NAMES;

/// WAV files by the SDK's names.
pub(crate) struct Sounds(HashMap<&'static str, Vec<u8>>);

impl Sounds {
    pub(crate) fn synthesise() -> Self {
        Self(SOUND_NAMES.iter().map(|name| (*name, wav::file(&synth::samples(name)))).collect())
    }

    /// The WAV file of a sound.
    pub(crate) fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
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
            assert!(loudest > 20, "{name} is silent");
        }
        assert!(sounds.get("dtmf-0").is_none());
    }
}
