//! MP3 by `nanomp3`: safe Rust and MIT or Apache. (`symphonia` has more formats, but is under the MPL.)

use std::sync::Arc;

use nanomp3::SliceReader;

use super::fault::AudioFault;
use super::line;

/// Decodes an MP3 file of any rate, mono or stereo.
pub(super) fn decode(bytes: &[u8]) -> Result<Arc<[i16]>, AudioFault> {
    let mut reader = SliceReader::<i16>::new(bytes);
    let (rate, channels) =
        (reader.sample_rate(), reader.channels().map_or(1, |channels| usize::from(channels.num())));
    let refuse = |reason: &str| Err(AudioFault::content(format!("the type is audio/mpeg, but {reason}")));
    if rate == 0 {
        return refuse("there is no MP3 in the file");
    }
    // No more than the line carries: a small file may hold hours.
    let most = line::LONGEST * (rate as usize).div_ceil(line::RATE as usize) * channels;
    let mut samples: Vec<i16> = Vec::new();
    while samples.len() < most {
        match reader.read_frame() {
            Ok(Some(frame)) => samples.extend_from_slice(frame),
            Ok(None) => break,
            // The rest of a frame that is cut off looks like one of another format.
            Err(_) if !samples.is_empty() => break,
            Err(error) => return refuse(&format!("it cannot be decoded: {error}")),
        }
    }
    if samples.is_empty() {
        return refuse("no sound is in the file");
    }
    Ok(line::resample(line::mono(&samples, channels), rate).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TONE: &[u8] = include_bytes!("../../../../tests/voice/tone.mp3");

    #[test]
    fn a_file_that_is_cut_off_is_played_as_far_as_it_goes() {
        let whole = decode(TONE).unwrap().len();
        for end in (TONE.len() / 2..TONE.len()).step_by(7) {
            let part = decode(&TONE[..end]).unwrap().len();
            assert!(part > 0 && part <= whole, "{end}: {part} of {whole}");
        }
        for end in 0..100 {
            assert!(decode(&TONE[..end]).is_err(), "{end}");
        }
    }
}
