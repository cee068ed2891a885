//! Audio files for `<Play>`: WAV becomes what a telephone line carries, 8 kHz mono.

use std::sync::Arc;

/// What the line carries.
const LINE_RATE: u32 = 8000;
/// Longest sound that is played, in samples of the line: ten minutes.
const LONGEST: usize = 10 * 60 * LINE_RATE as usize;

/// How samples are written in a WAV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Format {
    tag: u16,
    channels: usize,
    rate: u32,
    bits: u16,
}

/// Decodes a WAV file (PCM of 8 or 16 bits, or µ-law; any rate and number of channels).
///
/// # Errors
/// What the file is instead.
pub fn decode_wav(bytes: &[u8]) -> Result<Arc<[i16]>, String> {
    if bytes.get(..4) != Some(b"RIFF") || bytes.get(8..12) != Some(b"WAVE") {
        return Err("the file is not WAV; the emulator plays WAV only".into());
    }
    let mut rest = bytes.get(12..).unwrap_or_default();
    let mut format = None;
    while let Some((name, body, after)) = chunk(rest) {
        match name {
            b"fmt " => format = Some(read_format(body)?),
            b"data" => {
                let Some(format) = format else {
                    return Err("the WAV file has data before its format".into());
                };
                return Ok(resample(&samples(format, body), format.rate).into());
            }
            _ => {}
        }
        rest = after;
    }
    Err("the WAV file has no data".into())
}

/// The first chunk and what follows. A chunk that is cut off ends with the file.
fn chunk(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (name, rest) = bytes.split_at_checked(4)?;
    let (size, rest) = rest.split_first_chunk::<4>()?;
    let size = usize::try_from(u32::from_le_bytes(*size)).ok()?.min(rest.len());
    let (body, rest) = rest.split_at_checked(size)?;
    // Chunks are padded to an even length.
    Some((name, body, rest.get(size % 2..).unwrap_or_default()))
}

fn read_format(body: &[u8]) -> Result<Format, String> {
    let word = |at: usize| body.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let (Some(tag), Some(channels), Some(low), Some(high), Some(bits)) =
        (word(0), word(2), word(4), word(6), word(14))
    else {
        return Err("the WAV file's format is cut off".into());
    };
    let rate = u32::from(low) | u32::from(high) << 16;
    let known = matches!((tag, bits), (1, 8 | 16) | (7, 8));
    if !known || channels == 0 || !(1000..=192_000).contains(&rate) {
        return Err(format!(
            "the WAV file has format {tag}, {bits} bits, {channels} channels at {rate} Hz; \
             PCM of 8 or 16 bits and µ-law can be played"
        ));
    }
    Ok(Format { tag, channels: usize::from(channels), rate, bits })
}

/// The mean of all channels.
fn samples(format: Format, body: &[u8]) -> Vec<i16> {
    let size = usize::from(format.bits / 8);
    let one = |bytes: &[u8]| match (format.tag, bytes) {
        (1, [low, high]) => i32::from(i16::from_le_bytes([*low, *high])),
        (1, [byte]) => (i32::from(*byte) - 128) * 256,
        (_, [byte]) => i32::from(mu_law(*byte)),
        _ => 0,
    };
    body.chunks_exact(size * format.channels)
        .map(|frame| {
            let sum: i64 = frame.chunks_exact(size).map(|bytes| i64::from(one(bytes))).sum();
            let mean = sum / i64::try_from(format.channels).unwrap_or(1);
            i16::try_from(mean).unwrap_or(0)
        })
        .collect()
}

/// ITU-T G.711 µ-law to linear, 16 bits.
fn mu_law(byte: u8) -> i16 {
    let byte = !byte;
    let magnitude = ((i16::from(byte & 0x0f) << 3) + 0x84) << ((byte >> 4) & 7);
    let value = magnitude - 0x84;
    if byte & 0x80 == 0 { value } else { -value }
}

/// Straight lines between the samples: enough for a test of what is heard.
fn resample(samples: &[i16], rate: u32) -> Vec<i16> {
    let step = f64::from(rate) / f64::from(LINE_RATE);
    let at = |index: usize| samples.get(index).copied().map(f64::from);
    (0..LONGEST)
        .map_while(|index| {
            let place = index as f64 * step;
            let (whole, part) = (place as usize, place.fract());
            let here = at(whole)?;
            let next = at(whole + 1).unwrap_or(here);
            Some((here + (next - here) * part) as i16)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wav(tag: u16, channels: u16, rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
        let mut file = b"RIFF\0\0\0\0WAVELIST\x01\0\0\0x\0fmt \x10\0\0\0".to_vec();
        file.extend(tag.to_le_bytes());
        file.extend(channels.to_le_bytes());
        file.extend(rate.to_le_bytes());
        file.extend([0; 6]);
        file.extend(bits.to_le_bytes());
        file.extend(b"data");
        file.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
        file.extend(data);
        file
    }

    #[test]
    fn every_format_becomes_the_line_s() {
        let pcm: Vec<u8> = [100_i16, 200, 300, 400].iter().flat_map(|sample| sample.to_le_bytes()).collect();
        assert_eq!(*decode_wav(&wav(1, 1, 8000, 16, &pcm)).unwrap(), [100, 200, 300, 400]);
        assert_eq!(*decode_wav(&wav(1, 1, 16_000, 16, &pcm)).unwrap(), [100, 300]);
        assert_eq!(*decode_wav(&wav(1, 2, 8000, 16, &pcm)).unwrap(), [150, 350]);
        assert_eq!(*decode_wav(&wav(1, 1, 8000, 8, &[128, 129])).unwrap(), [0, 256]);
        assert_eq!(*decode_wav(&wav(7, 1, 8000, 8, &[0xff, 0x00, 0x80])).unwrap(), [0, -32_124, 32_124]);
    }

    #[test]
    fn other_files_are_refused_in_words() {
        assert!(decode_wav(b"ID3").unwrap_err().contains("WAV only"));
        assert!(decode_wav(&wav(3, 1, 8000, 32, &[])).unwrap_err().contains("format 3"));
        assert!(decode_wav(b"RIFF\0\0\0\0WAVE").unwrap_err().contains("no data"));
    }

    proptest! {
        #[test]
        fn no_file_panics(tail in proptest::collection::vec(any::<u8>(), 0..100), cut in 0..60_usize) {
            let mut file = wav(1, 2, 44_100, 16, &tail);
            file.truncate(file.len().saturating_sub(cut));
            let _ = decode_wav(&file);
            let mut noise = b"RIFF\0\0\0\0WAVE".to_vec();
            noise.extend(tail);
            let _ = decode_wav(&noise);
        }
    }
}
