//! When somebody failed, as far as it counts. Time is an argument.

/// At most so many failures in so many seconds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limit {
    pub most: u32,
    pub window_s: i64,
}

/// Clocks of replicas may differ by so many seconds. What is later than that was noted by a clock that was wrong, and
/// would count for as long as it was ahead.
const CLOCKS_APART_S: i64 = 60;

/// Seconds since the Unix epoch, the earliest first. No more than the limits bear, so one count stays small whatever is
/// tried.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Failures(Vec<i64>);

/// There have been too many.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TooMany {
    /// Seconds until one more is borne.
    pub wait_s: u32,
}

impl Failures {
    /// As [`Failures::to_bytes`] wrote them; what is left over is nobody's.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.as_chunks().0.iter().map(|at| i64::from_be_bytes(*at)).collect())
    }

    /// For the store.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|at| at.to_be_bytes()).collect()
    }

    /// Counts one more, or tells that there have been too many. `Ok(true)` when it is the last one that is borne.
    ///
    /// # Errors
    /// A limit has been reached; then nothing is counted.
    pub fn add(&mut self, limits: &[Limit], now_s: i64) -> Result<bool, TooMany> {
        let longest = limits.iter().map(|limit| limit.window_s).max().unwrap_or_default();
        self.0.retain(|at| *at > now_s - longest && *at <= now_s + CLOCKS_APART_S);
        self.0.sort_unstable();
        let (mut wait_s, mut last) = (0, false);
        for limit in limits {
            let since = now_s - limit.window_s;
            let recent = &self.0[self.0.partition_point(|at| *at <= since)..];
            let most = usize::try_from(limit.most).unwrap_or(usize::MAX);
            if let Some(room) = recent.len().checked_sub(most) {
                // When it is too old to count there is room.
                let at = recent.get(room).copied().unwrap_or(now_s);
                wait_s = wait_s.max(at + limit.window_s - now_s);
            }
            last |= recent.len() + 1 == most;
        }
        if wait_s > 0 {
            return Err(TooMany { wait_s: u32::try_from(wait_s).unwrap_or(u32::MAX) });
        }
        self.0.push(now_s);
        Ok(last)
    }

    /// Seconds until one more is borne; 0 when it is now.
    pub fn wait_s(&self, limits: &[Limit], now_s: i64) -> u32 {
        self.clone().add(limits, now_s).err().map_or(0, |TooMany { wait_s }| wait_s)
    }

    /// Takes back one that was counted then: it was no failure.
    pub fn take_back(&mut self, at: i64) {
        if let Some(place) = self.0.iter().position(|counted| *counted == at) {
            self.0.remove(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: &[Limit] = &[Limit { most: 2, window_s: 10 }, Limit { most: 3, window_s: 100 }];

    fn wait(failures: &mut Failures, now_s: i64) -> u32 {
        failures.add(LIMITS, now_s).unwrap_err().wait_s
    }

    #[test]
    fn a_full_count_says_when_there_is_room() {
        let mut failures = Failures::default();
        assert_eq!(failures.add(LIMITS, 100), Ok(false));
        assert_eq!(failures.add(LIMITS, 103), Ok(true), "the last one that is borne");
        assert_eq!(wait(&mut failures, 103), 7);
        assert_eq!(wait(&mut failures, 109), 1);
        assert_eq!(failures.add(LIMITS, 110), Ok(true), "of the long window");
        assert_eq!(wait(&mut failures, 120), 80);
        assert_eq!(failures.add(LIMITS, 200), Ok(true));
        failures.take_back(200);
        assert_eq!(Failures::from_bytes(&failures.to_bytes()), failures);
        assert_eq!(failures.add(LIMITS, 201), Ok(true), "taken back");
    }

    /// A clock that was a year ahead must not count for a year.
    #[test]
    fn what_a_wrong_clock_noted_does_not_count() {
        let mut failures = Failures::default();
        for at in [1_000_000, 1_000_001] {
            failures.add(LIMITS, at).unwrap();
        }
        assert_eq!(failures.add(LIMITS, 1_000), Ok(false));
        assert_eq!(failures.0, [1_000]);
        // Another replica's clock is some seconds ahead of this one.
        failures.add(LIMITS, 1_005).unwrap();
        assert_eq!(wait(&mut failures, 1_001), 9);
    }

    proptest! {
        /// Whatever happens, no window holds more than its limit, the count stays small, and who waits as told is let in.
        #[test]
        fn no_window_holds_more_than_its_limit(steps in prop::collection::vec(0_i64..40, 0..60)) {
            let (mut failures, mut now_s, mut all) = (Failures::default(), 1_000, Vec::new());
            for step in steps {
                now_s += step;
                match failures.clone().add(LIMITS, now_s) {
                    Ok(_) => {
                        failures.add(LIMITS, now_s).unwrap();
                        all.push(now_s);
                    }
                    Err(TooMany { wait_s }) => {
                        let then = now_s + i64::from(wait_s);
                        prop_assert!(failures.clone().add(LIMITS, then - 1).is_err());
                        prop_assert!(failures.clone().add(LIMITS, then).is_ok());
                    }
                }
                prop_assert!(failures.0.len() <= 3);
                for limit in LIMITS {
                    let recent = all.iter().filter(|at| **at > now_s - limit.window_s).count();
                    prop_assert!(recent <= limit.most as usize);
                }
            }
        }
    }
}
