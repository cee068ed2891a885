//! How much a line may dial: calls at once, and minutes in any 24 hours.
//!
//! Only calls that a line makes through the phone network use minutes. Incoming calls do not: a ceiling for them would let
//! anybody from outside use up a line's minutes, and its right to call. They are not calls at once either, for the same
//! reason.
//!
//! The day is the last 24 hours, not a day of the calendar: a calendar day ends at an hour that is midnight for few, and
//! lets whoever waits for it have two days' minutes in a row.
//!
//! A test of the connection is a call that reaches nobody and ends by itself within a minute. It uses a minute, as Twilio
//! bills one, and is not one of the calls at once: nobody reports its end, and the call that it was a test for comes next.
//!
//! The clock may have been ahead when a call began. Such a call counts as if it began when the clock is right again: not at all
//! would be a way past the limits, and by its own times it would count for as long as the clock was ahead.
//!
//! A call holds all the seconds it was granted until its end is reported, so that ten calls started at once cannot each
//! take what is left. A call whose end is never reported is over when its time is, and has used all of it: Twilio may
//! have billed that much.

use shared::api::{CallOutcome, LineLimits, Refusal};

use crate::calls::call::CallReport;

/// How long a call counts after its end.
pub const DAY_S: i64 = 86_400;
/// Between the end of a call's time and the last report about it, generously.
const REPORTED_WITHIN_S: i64 = 60;
/// What a test of the connection may last, in seconds; its TwiML ends far earlier.
const TEST_S: u32 = 60;

/// What one line and the whole server may use.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DialLimits {
    pub calls_at_once: u32,
    pub line_minutes: u32,
    pub server_minutes: u32,
    /// Longest call in seconds.
    pub longest_s: u32,
    /// Longest ringing in seconds.
    pub ringing_s: u32,
}

/// What is in use at a moment.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct DialUsage {
    /// Calls of the line that ring or run.
    pub calls: u32,
    /// Seconds that the line has used or holds, every call in full minutes.
    pub line_s: u64,
    /// The same of all lines.
    pub server_s: u64,
}

impl DialUsage {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            calls: self.calls.saturating_add(other.calls),
            line_s: self.line_s.saturating_add(other.line_s),
            server_s: self.server_s.saturating_add(other.server_s),
        }
    }
}

/// A call that a line wants to make.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DialRequest {
    pub call_sid: String,
    /// E.164 of the line.
    pub line: String,
    pub kind: DialKind,
    /// Seconds since the Unix epoch.
    pub at: i64,
    /// What runs without the store's knowledge ([`crate::dialling::ledger::DialLedger::usage_outside`]).
    pub outside: DialUsage,
}

/// What kind of call it is, as far as the limits go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DialKind {
    /// Through the phone network.
    Phone,
    /// To another line of this server.
    Line,
    /// A test of the connection.
    Test,
}

impl DialKind {
    /// Whether it uses minutes.
    pub fn is_metered(self) -> bool {
        self != Self::Line
    }
}

impl DialRequest {
    /// When a call is over that is answered like this, where that is known from its start: a refused one is none, and a test
    /// is nothing that runs.
    pub fn ended_at(&self, granted: Result<u32, Refusal>) -> Option<i64> {
        (granted.is_err() || self.kind == DialKind::Test).then_some(self.at)
    }
}

impl DialLimits {
    /// Those of a line that has some of its own. What all lines may use together stays.
    #[must_use]
    pub fn of(self, line: LineLimits) -> Self {
        Self {
            calls_at_once: line.calls_at_once.unwrap_or(self.calls_at_once),
            line_minutes: line.minutes_per_day.unwrap_or(self.line_minutes),
            ..self
        }
    }

    /// The seconds that a new call may last.
    ///
    /// # Errors
    /// The limit that is reached.
    pub fn grant(&self, usage: DialUsage, kind: DialKind) -> Result<u32, Refusal> {
        if usage.calls >= self.calls_at_once && kind != DialKind::Test {
            return Err(Refusal::TooManyCalls);
        }
        if !kind.is_metered() {
            return Ok(self.longest_s);
        }
        let left = |minutes: u32, used: u64| (u64::from(minutes) * 60).saturating_sub(used) / 60 * 60;
        let of_line = left(self.line_minutes, usage.line_s);
        let of_server = left(self.server_minutes, usage.server_s);
        if of_line == 0 {
            return Err(Refusal::LineMinutesSpent);
        }
        if of_server == 0 {
            return Err(Refusal::ServerMinutesSpent);
        }
        let longest_s = if kind == DialKind::Test { TEST_S } else { self.longest_s };
        let least = of_line.min(of_server).min(u64::from(longest_s));
        Ok(u32::try_from(least).unwrap_or(self.longest_s))
    }

    /// When a call that starts now is over, even if nobody says so.
    pub fn ends_by(&self, now_s: i64, granted_s: u32) -> i64 {
        now_s.saturating_add(self.ends_after_s(granted_s))
    }

    /// So many seconds after its start.
    pub fn ends_after_s(&self, granted_s: u32) -> i64 {
        i64::from(self.ringing_s) + i64::from(granted_s) + REPORTED_WITHIN_S
    }
}

/// What a call has used when this is reported of it. An answered call is a minute at least: a duration is in whole
/// seconds, and that of a short call is 0.
pub fn used_s(report: &CallReport) -> u64 {
    let least = u32::from(report.outcome == CallOutcome::Completed);
    billed_s(report.duration_s.max(least))
}

/// As Twilio bills: every minute begun is a minute.
pub fn billed_s(seconds: u32) -> u64 {
    u64::from(seconds).div_ceil(60) * 60
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: DialLimits =
        DialLimits { calls_at_once: 2, line_minutes: 10, server_minutes: 30, longest_s: 300, ringing_s: 30 };

    fn usage(calls: u32, line_minutes: u64, server_minutes: u64) -> DialUsage {
        DialUsage { calls, line_s: line_minutes * 60, server_s: server_minutes * 60 }
    }

    #[test]
    fn a_call_lasts_no_longer_than_the_minutes_left() {
        for (usage, granted) in [
            (usage(0, 0, 0), Ok(300)),
            (usage(1, 7, 7), Ok(180)),
            (usage(1, 0, 28), Ok(120)),
            (usage(2, 0, 0), Err(Refusal::TooManyCalls)),
            (usage(0, 10, 10), Err(Refusal::LineMinutesSpent)),
            (usage(0, 0, 30), Err(Refusal::ServerMinutesSpent)),
            (usage(9, 99, 99), Err(Refusal::TooManyCalls)),
            (usage(0, 99, 99), Err(Refusal::LineMinutesSpent)),
        ] {
            assert_eq!(LIMITS.grant(usage, DialKind::Phone), granted, "{usage:?}");
        }
        let almost = DialUsage { calls: 0, line_s: 541, server_s: 0 };
        assert_eq!(
            LIMITS.grant(almost, DialKind::Phone),
            Err(Refusal::LineMinutesSpent),
            "59 s are no minute"
        );
    }

    #[test]
    fn a_line_may_have_limits_of_its_own() {
        let of = |calls_at_once, minutes_per_day| LIMITS.of(LineLimits { calls_at_once, minutes_per_day });
        assert_eq!(of(None, None), LIMITS);
        assert_eq!(of(Some(3), None).grant(usage(2, 0, 0), DialKind::Phone), Ok(300));
        assert_eq!(of(Some(3), None).grant(usage(3, 0, 0), DialKind::Phone), Err(Refusal::TooManyCalls));
        assert_eq!(of(None, Some(1)).grant(usage(0, 0, 0), DialKind::Phone), Ok(60));
        assert_eq!(of(None, Some(0)).grant(usage(0, 0, 0), DialKind::Phone), Err(Refusal::LineMinutesSpent));
        assert_eq!(of(None, Some(0)).grant(usage(0, 0, 0), DialKind::Line), Ok(300));
        assert_eq!(of(None, Some(99)).grant(usage(0, 20, 29), DialKind::Phone), Ok(60), "the server's stay");
    }

    #[test]
    fn a_call_between_lines_uses_no_minutes() {
        assert_eq!(LIMITS.grant(usage(1, 99, 99), DialKind::Line), Ok(300));
        assert_eq!(LIMITS.grant(usage(2, 0, 0), DialKind::Line), Err(Refusal::TooManyCalls));
    }

    #[test]
    fn a_test_takes_a_minute_and_no_place() {
        for (usage, granted) in [
            (usage(0, 0, 0), Ok(60)),
            (usage(2, 0, 0), Ok(60)),
            (usage(2, 10, 10), Err(Refusal::LineMinutesSpent)),
            (usage(0, 0, 30), Err(Refusal::ServerMinutesSpent)),
        ] {
            assert_eq!(LIMITS.grant(usage, DialKind::Test), granted, "{usage:?}");
        }
    }

    #[test]
    fn every_minute_begun_is_billed() {
        assert_eq!([0, 1, 60, 61].map(billed_s), [0, 60, 60, 120]);
    }
}
