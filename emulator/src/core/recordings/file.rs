//! The file of a recording.

use std::io::Cursor;

use hound::{SampleFormat, WavSpec, WavWriter};

/// WAV of 16 bits at 8 kHz, as Twilio gives it. `None`: it does not fit into such a file.
#[must_use]
pub fn wav(samples: &[i16]) -> Option<Vec<u8>> {
    let spec =
        WavSpec { channels: 1, sample_rate: 8000, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut file = Cursor::new(Vec::new());
    let mut writer = WavWriter::new(&mut file, spec).ok()?;
    for sample in samples {
        writer.write_sample(*sample).ok()?;
    }
    writer.finalize().ok()?;
    Some(file.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_samples() {
        let bytes = wav(&[1, -2, 300]).unwrap();
        let reader = hound::WavReader::new(Cursor::new(bytes)).unwrap();
        assert_eq!((reader.spec().sample_rate, reader.spec().channels), (8000, 1));
        let samples: Vec<i16> = reader.into_samples().map(Result::unwrap).collect();
        assert_eq!(samples, [1, -2, 300]);
        assert_eq!(wav(&[]).unwrap().len(), 44);
    }
}
