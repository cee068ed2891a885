/// Quieter than this is nothing, in decibels below full scale: the noise of a room.
const FLOOR_DB: f32 = -60.0;
/// Louder than this is full: somebody who speaks up.
const CEILING_DB: f32 = -10.0;

/// How far a meter is filled, 0 to 100, by the root mean square of what is heard (0 to 1). Ears hear ratios, so the meter
/// shows decibels.
pub fn meter_percent(rms: f32) -> u32 {
    let decibels = 20.0 * rms.max(f32::MIN_POSITIVE).log10();
    let part = (decibels - FLOOR_DB) / (CEILING_DB - FLOOR_DB);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
    let percent = (part.clamp(0.0, 1.0) * 100.0).round() as u32;
    percent
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_meter_shows_speech_and_not_silence() {
        assert_eq!(meter_percent(0.0), 0);
        assert_eq!(meter_percent(0.0005), 0, "a quiet room");
        assert!((30..70).contains(&meter_percent(0.02)), "a quiet voice");
        assert_eq!(meter_percent(1.0), 100);
        assert_eq!(meter_percent(f32::NAN), 0);
    }
}
