use std::io::Cursor;

use hound::{SampleFormat, WavSpec, WavWriter};

/// A WAV file: mono, 8 bits, which is enough for beeps and half the download.
pub(super) fn beeps(rate: u32, samples: &[f32]) -> Vec<u8> {
    file(rate, 8, samples.iter().map(|sample| (sample * 127.0).round().clamp(-128.0, 127.0)))
}

/// A WAV file: mono, 16 bits, for sounds that fade away softly.
pub(super) fn music(rate: u32, samples: &[f32]) -> Vec<u8> {
    file(rate, 16, samples.iter().map(|sample| sample.clamp(-1.0, 1.0) * 32_767.0))
}

/// The samples are within the range of so many bits.
fn file(rate: u32, bits_per_sample: u16, samples: impl Iterator<Item = f32>) -> Vec<u8> {
    let spec = WavSpec { channels: 1, sample_rate: rate, bits_per_sample, sample_format: SampleFormat::Int };
    let mut wav = Cursor::new(Vec::new());
    let written = WavWriter::new(&mut wav, spec).and_then(|mut writer| {
        for sample in samples {
            #[expect(clippy::cast_possible_truncation, reason = "within the range of 16 bits")]
            writer.write_sample(sample as i32)?;
        }
        writer.finalize()
    });
    // Memory takes everything.
    written.map(|()| wav.into_inner()).unwrap_or_default()
}
