/// A WAV file: mono, 8 bits unsigned, which is enough for beeps and half the download.
pub(super) fn beeps(rate: u32, samples: &[f32]) -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u8")]
    let bytes = samples.iter().map(|sample| (sample * 127.0 + 128.0).round().clamp(0.0, 255.0) as u8);
    file(rate, 1, &bytes.collect::<Vec<_>>())
}

/// A WAV file: mono, 16 bits, for sounds that fade away softly.
pub(super) fn music(rate: u32, samples: &[f32]) -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to the range of i16")]
    let bytes = samples.iter().flat_map(|sample| ((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes());
    file(rate, 2, &bytes.collect::<Vec<_>>())
}

fn file(rate: u32, bytes_each: u16, data: &[u8]) -> Vec<u8> {
    let len = u32::try_from(data.len()).unwrap_or(0);
    let mut wav = Vec::with_capacity(44 + data.len());
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(36 + len).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt ");
    wav.extend_from_slice(&16_u32.to_le_bytes());
    wav.extend_from_slice(&1_u16.to_le_bytes()); // PCM
    wav.extend_from_slice(&1_u16.to_le_bytes()); // mono
    wav.extend_from_slice(&rate.to_le_bytes());
    wav.extend_from_slice(&(rate * u32::from(bytes_each)).to_le_bytes());
    wav.extend_from_slice(&bytes_each.to_le_bytes()); // bytes per frame
    wav.extend_from_slice(&(bytes_each * 8).to_le_bytes());
    wav.extend_from_slice(b"data");
    wav.extend_from_slice(&len.to_le_bytes());
    wav.extend_from_slice(data);
    wav
}
