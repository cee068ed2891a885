//! What a telephone line carries.

/// Samples of a line in a second.
pub(super) const RATE: u32 = 8000;
/// Longest sound that is played, in samples of the line: ten minutes.
pub(super) const LONGEST: usize = 10 * 60 * RATE as usize;

/// ITU-T G.711 µ-law to linear, 16 bits.
pub(super) fn mu_law(byte: u8) -> i16 {
    let byte = !byte;
    let magnitude = ((i16::from(byte & 0x0f) << 3) + 0x84) << ((byte >> 4) & 7);
    let value = magnitude - 0x84;
    if byte & 0x80 == 0 { value } else { -value }
}

/// The mean of all channels of interleaved samples.
pub(super) fn mono(samples: &[i16], channels: usize) -> Vec<i16> {
    let channels = channels.max(1);
    let mean = |frame: &[i16]| {
        let sum: i64 = frame.iter().map(|sample| i64::from(*sample)).sum();
        i16::try_from(sum / i64::try_from(channels).unwrap_or(1)).unwrap_or(0)
    };
    samples.chunks_exact(channels).map(mean).collect()
}

/// Straight lines between the samples: enough for a test of what is heard.
pub(super) fn resample(samples: impl IntoIterator<Item = i16>, rate: u32) -> Vec<i16> {
    let samples: Vec<i16> = samples.into_iter().collect();
    let step = f64::from(rate) / f64::from(RATE);
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
