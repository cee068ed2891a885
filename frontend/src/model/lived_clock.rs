/// Clocks run apart by less than this all the time.
const SLACK_MS: u64 = 2_000;

/// Time that passes, asleep or awake, and never jumps back: what a token's life is measured by. The clock of a page stands still
/// in some browsers while the computer sleeps; the clock on the wall goes on, but may be set. So the page's clock counts, and
/// what the one on the wall is ahead of it was slept through. Where it was set forward instead, a token is replaced early.
#[derive(Clone, Copy, Debug, Default)]
pub struct LivedClock {
    /// Of the last reading.
    last: Option<(u64, u64)>,
    slept_ms: u64,
}

impl LivedClock {
    /// Both clocks now, in milliseconds; gives the time by this one.
    pub fn read(&mut self, page_ms: u64, wall_ms: u64) -> u64 {
        if let Some((page_before, wall_before)) = self.last.replace((page_ms, wall_ms)) {
            let page = page_ms.saturating_sub(page_before);
            let ahead = wall_ms.saturating_sub(wall_before).saturating_sub(page);
            if ahead > SLACK_MS {
                self.slept_ms += ahead;
            }
        }
        page_ms + self.slept_ms
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    const HOUR_MS: u64 = 3_600_000;

    #[test]
    fn sleep_counts_and_a_clock_that_is_set_back_does_not() {
        let mut clock = LivedClock::default();
        let wall = 500_000 * HOUR_MS;
        assert_eq!(clock.read(100, wall), 100);
        assert_eq!(clock.read(1_100, wall + 1_400), 1_100, "they are not quite of one mind");
        // Asleep for an hour, with a page clock that stood still, and with one that did not.
        assert_eq!(clock.read(2_100, wall + HOUR_MS), 2_100 + HOUR_MS - 2_400);
        let before = clock.read(2_200, wall + HOUR_MS + 100);
        assert_eq!(clock.read(2_200 + HOUR_MS, wall + 2 * HOUR_MS + 100), before + HOUR_MS);
        // Set back, and running on from there.
        let before = clock.read(3_000 + HOUR_MS, wall);
        assert_eq!(clock.read(4_000 + HOUR_MS, wall + 1_000), before + 1_000);
    }

    #[test]
    fn it_never_goes_back() {
        let mut clock = LivedClock::default();
        let mut last = 0;
        for (page, wall) in [(0, 9), (10, 0), (10, u64::MAX / 2), (20, 5), (20, 100_000), (30, 100_010)] {
            let now = clock.read(page, wall);
            assert!(now >= last, "{now} after {last}");
            last = now;
        }
    }
}
