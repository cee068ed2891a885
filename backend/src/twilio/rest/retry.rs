//! When a request is tried again, and after how long. No clock, no chance: both are arguments.

use std::time::Duration;

/// What may be tried again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Retry {
    /// Doing it twice is as good as once: reading, updating, deleting.
    Always,
    /// Making something: only when Twilio says that it did nothing (429, 503), or there would be two.
    OnlyUndone,
}

/// How a try failed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Failure {
    /// An HTTP status.
    Status(u16),
    /// No answer: not connected, connection lost, too slow.
    NoAnswer,
}

/// Tries in all.
const TRIES: u32 = 6;
/// Before the second try; doubled before each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// Nobody waits longer than this, whatever `Retry-After` says.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How long to wait before the next try; `None` when there is none. `tries` have failed so far; `retry_after_s` is the
/// answer's `Retry-After`; `chance` (0 to 1) spreads the tries of many clients.
pub(super) fn pause(
    retry: Retry,
    failure: Failure,
    tries: u32,
    retry_after_s: Option<u64>,
    chance: f64,
) -> Option<Duration> {
    let worth_it = match failure {
        Failure::Status(429 | 503) => true,
        Failure::Status(500..=599) | Failure::NoAnswer => retry == Retry::Always,
        Failure::Status(_) => false,
    };
    if !worth_it || tries >= TRIES {
        return None;
    }
    // Somebody sits before it: a machine that is not there is not waited for as long as one that is busy.
    if failure == Failure::NoAnswer && tries >= 3 {
        return None;
    }
    if let Some(seconds) = retry_after_s {
        return Some(Duration::from_secs(seconds).min(LONGEST_PAUSE));
    }
    let doubled = FIRST_PAUSE.saturating_mul(1 << tries.saturating_sub(1).min(10));
    Some(doubled.mul_f64(1.0 + chance.clamp(0.0, 1.0) / 2.0).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_each_time_and_gives_up() {
        let pauses: Vec<_> =
            (1..=6).map(|tries| pause(Retry::Always, Failure::Status(500), tries, None, 0.0)).collect();
        let ms = |n| Some(Duration::from_millis(n));
        assert_eq!(pauses, [ms(250), ms(500), ms(1000), ms(2000), ms(4000), None]);
        assert_eq!(pause(Retry::Always, Failure::Status(500), 1, None, 1.0), ms(375));
    }

    #[test]
    fn obeys_retry_after_within_reason() {
        let after = |seconds| pause(Retry::OnlyUndone, Failure::Status(429), 1, Some(seconds), 0.5);
        assert_eq!(after(0), Some(Duration::ZERO));
        assert_eq!(after(7), Some(Duration::from_secs(7)));
        assert_eq!(after(86_400), Some(LONGEST_PAUSE));
    }

    #[test]
    fn makes_nothing_twice_and_repeats_no_refusal() {
        assert_eq!(pause(Retry::OnlyUndone, Failure::Status(500), 1, None, 0.0), None);
        assert_eq!(pause(Retry::OnlyUndone, Failure::NoAnswer, 1, None, 0.0), None);
        assert!(pause(Retry::OnlyUndone, Failure::Status(503), 1, None, 0.0).is_some());
        for status in [400, 401, 403, 404] {
            assert_eq!(pause(Retry::Always, Failure::Status(status), 1, Some(1), 0.0), None);
        }
    }
}
