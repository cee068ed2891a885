//! How fast a key repeats that is held: not at once, for most people only press it; then one by one; then in a rush.

const BEFORE_THE_FIRST_MS: u32 = 450;
const ONE_BY_ONE_MS: u32 = 120;
const IN_A_RUSH_MS: u32 = 40;
/// Repetitions that come one by one.
const SLOW: u32 = 5;

/// The pause before the next repetition, after so many.
pub fn pause_ms(repeated: u32) -> u32 {
    match repeated {
        0 => BEFORE_THE_FIRST_MS,
        1..=SLOW => ONE_BY_ONE_MS,
        _ => IN_A_RUSH_MS,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_held_key_gets_faster_and_never_slower() {
        let pauses: Vec<u32> = (0..20).map(pause_ms).collect();
        assert!(pauses.is_sorted_by(|earlier, later| earlier >= later), "{pauses:?}");
        assert_eq!([pauses[0], pauses[1], pauses[SLOW as usize], pauses[19]], [450, 120, 120, 40]);
        // A press is none: people hold a key down for a fifth of a second.
        assert!(pauses[0] > 400);
        // The longest number is gone in two seconds.
        assert!(pauses[..15].iter().sum::<u32>() < 2_000, "{pauses:?}");
    }
}
