use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How much one line may dial, where that is not what the configuration says for all; `None`: it is.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct LineLimits {
    /// Outgoing calls at the same time.
    #[serde(default)]
    pub calls_at_once: Option<u32>,
    /// Minutes of outgoing calls in any 24 hours. With 0 the line calls other lines only.
    #[serde(default)]
    pub minutes_per_day: Option<u32>,
}

/// What a limit must be.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{what} must be from {least} to {most}")]
pub struct LimitFault {
    what: &'static str,
    least: u32,
    most: u32,
}

impl LineLimits {
    pub const CALLS_AT_ONCE: RangeInclusive<u32> = 1..=100;
    /// No more than a hundred calls at once have in a day.
    pub const MINUTES_PER_DAY: RangeInclusive<u32> = 0..=144_000;

    /// # Errors
    /// A limit that makes no sense.
    pub fn check(self) -> Result<(), LimitFault> {
        for (what, limit, range) in [
            ("calls at once", self.calls_at_once, Self::CALLS_AT_ONCE),
            ("minutes a day", self.minutes_per_day, Self::MINUTES_PER_DAY),
        ] {
            if limit.is_some_and(|limit| !range.contains(&limit)) {
                return Err(LimitFault { what, least: *range.start(), most: *range.end() });
            }
        }
        Ok(())
    }
}
