//! ITU-T G.711 µ-law.

/// The code of digital silence.
#[cfg(test)]
pub(crate) const SILENCE: u8 = 0xff;

const BIAS: i32 = 0x84;
const CLIP: i32 = 32635;

/// 16-bit linear sample to µ-law code.
pub(crate) fn encode(sample: i16) -> u8 {
    let linear = i32::from(sample);
    let sign: u8 = if linear < 0 { 0x80 } else { 0 };
    let magnitude = linear.abs().min(CLIP) + BIAS;
    // The bias puts the highest set bit at 7..=14; it selects the segment.
    let segment = (31 - magnitude.leading_zeros()) - 7;
    let mantissa = (magnitude >> (segment + 3)) & 0x0f;
    !(sign | ((segment as u8) << 4) | mantissa as u8)
}

/// µ-law code to 16-bit linear sample.
pub(crate) fn decode(code: u8) -> i16 {
    let code = !code;
    let segment = (code >> 4) & 0x07;
    let mantissa = i16::from(code & 0x0f);
    let magnitude = (((mantissa << 3) + 0x84) << segment) - 0x84;
    if code & 0x80 == 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_the_table_of_the_recommendation() {
        // G.711 table 2a (µ-law): decoder output values, scaled from 14 to 16 bits.
        for (code, sample) in
            [(0x80, 32124), (0x8f, 16764), (0x9f, 8316), (0xaf, 4092), (0xbf, 1980), (0xcf, 924)]
        {
            assert_eq!(decode(code), sample, "{code:#x}");
            assert_eq!(decode(code & 0x7f), -sample, "{code:#x} negative");
        }
        for (code, sample) in [(0xdf, 396), (0xef, 132), (0xfe, 8), (SILENCE, 0), (0x7f, 0)] {
            assert_eq!(decode(code), sample, "{code:#x}");
        }
    }

    #[test]
    fn every_code_survives_decoding_and_encoding() {
        for code in 0..=255u8 {
            let back = encode(decode(code));
            // 0x7f is negative zero, which a linear sample cannot carry.
            assert_eq!(back, if code == 0x7f { SILENCE } else { code });
        }
    }

    #[test]
    fn the_extremes_are_clipped() {
        assert_eq!(encode(i16::MAX), 0x80);
        assert_eq!(encode(i16::MIN), 0x00);
        assert_eq!(encode(0), SILENCE);
    }
}
