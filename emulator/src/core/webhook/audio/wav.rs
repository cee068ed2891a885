//! WAV: PCM of 8 or 16 bits, or µ-law; any rate and number of channels.

use std::sync::Arc;

use super::fault::AudioFault;
use super::line;

/// How samples are written in a WAV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Format {
    tag: u16,
    channels: usize,
    rate: u32,
    bits: u16,
}

/// Decodes a WAV file.
pub(super) fn decode(bytes: &[u8]) -> Result<Arc<[i16]>, AudioFault> {
    let refuse = |reason: &str| Err(AudioFault::content(format!("the type is WAV, but {reason}")));
    if bytes.get(..4) != Some(b"RIFF") || bytes.get(8..12) != Some(b"WAVE") {
        return refuse("the file is none");
    }
    let mut rest = bytes.get(12..).unwrap_or_default();
    let mut format = None;
    while let Some((name, body, after)) = chunk(rest) {
        match name {
            b"fmt " => format = Some(read_format(body)?),
            b"data" => {
                let Some(format) = format else { return refuse("the file has data before its format") };
                return Ok(line::resample(samples(format, body), format.rate).into());
            }
            _ => {}
        }
        rest = after;
    }
    refuse("the file has no data")
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

fn read_format(body: &[u8]) -> Result<Format, AudioFault> {
    let word = |at: usize| body.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let (Some(tag), Some(channels), Some(low), Some(high), Some(bits)) =
        (word(0), word(2), word(4), word(6), word(14))
    else {
        return Err(AudioFault::content("the WAV file's format is cut off"));
    };
    let rate = u32::from(low) | u32::from(high) << 16;
    if channels == 0 || rate == 0 || bits == 0 {
        return Err(AudioFault::content("the WAV file's format has no channels, no rate or no bits"));
    }
    let known = matches!((tag, bits), (1, 8 | 16) | (7, 8));
    if !known || !(1000..=192_000).contains(&rate) {
        return Err(AudioFault::Lacking(format!(
            "<Play>: a WAV file of format {tag}, {bits} bits, {channels} channels at {rate} Hz is not emulated; PCM of \
             8 or 16 bits and µ-law are played"
        )));
    }
    Ok(Format { tag, channels: usize::from(channels), rate, bits })
}

/// The mean of all channels.
fn samples(format: Format, body: &[u8]) -> Vec<i16> {
    let all: Vec<i16> = match (format.tag, format.bits) {
        (1, 16) => body.chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect(),
        (1, _) => body.iter().map(|byte| (i16::from(*byte) - 128) * 256).collect(),
        _ => body.iter().map(|byte| line::mu_law(*byte)).collect(),
    };
    line::mono(&all, format.channels)
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
        assert_eq!(*decode(&wav(1, 1, 8000, 16, &pcm)).unwrap(), [100, 200, 300, 400]);
        assert_eq!(*decode(&wav(1, 1, 16_000, 16, &pcm)).unwrap(), [100, 300]);
        assert_eq!(*decode(&wav(1, 2, 8000, 16, &pcm)).unwrap(), [150, 350]);
        assert_eq!(*decode(&wav(1, 1, 8000, 8, &[128, 129])).unwrap(), [0, 256]);
        assert_eq!(*decode(&wav(7, 1, 8000, 8, &[0xff, 0x00, 0x80])).unwrap(), [0, -32_124, 32_124]);
    }

    #[test]
    fn other_files_are_refused_in_words() {
        let said = |bytes: &[u8]| match decode(bytes).unwrap_err() {
            AudioFault::Twilio(fault) => fault.message,
            AudioFault::Lacking(message) => format!("lacking {message}"),
        };
        assert!(said(b"ID3").contains("the file is none"));
        assert!(said(&wav(3, 1, 8000, 32, &[])).contains("lacking <Play>: a WAV file of format 3"));
        assert!(said(b"RIFF\0\0\0\0WAVE").contains("no data"));
        for (channels, rate, bits) in [(0, 8000, 16), (1, 0, 16), (1, 8000, 0)] {
            let said = said(&wav(1, channels, rate, bits, &[]));
            assert!(said.contains("no channels, no rate or no bits") && !said.contains("lacking"), "{said}");
        }
    }

    proptest! {
        #[test]
        fn no_file_panics(tail in proptest::collection::vec(any::<u8>(), 0..100), cut in 0..60_usize) {
            let mut file = wav(1, 2, 44_100, 16, &tail);
            file.truncate(file.len().saturating_sub(cut));
            let _ = decode(&file);
            let mut noise = b"RIFF\0\0\0\0WAVE".to_vec();
            noise.extend(tail);
            let _ = decode(&noise);
        }
    }
}
