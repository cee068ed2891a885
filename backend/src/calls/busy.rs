//! When a line is busy: what its call log says of calls that ring or run.
//!
//! The line is a person. Whichever of its browsers has the call, nobody is there to answer in the others, so a second
//! caller is told at once that it is busy. Ringing would be for nothing: the SDK drops an invitation that comes during a call
//! without a word to anybody (`_onSignalingInvite` in its `lib/twilio/device.ts`), and the caller hears it ring until the
//! `<Dial>` gives up.
//!
//! The end of a call may never be reported. So a call counts for as long as it can last and no longer, and not at all once
//! its softphone has said that it has it no more, or the line has had a later one: a softphone has one call at a time.

/// Between what ends a call and the report of it, generously.
const REPORTED_WITHIN_S: i64 = 30;
/// The clocks of two replicas differ by less. A call from a later time than that was noted by a clock that was wrong.
const CLOCKS_DIFFER_S: i64 = 60;

/// Since when, in seconds since the Unix epoch, a call must have begun to make its line busy now.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BusySince {
    /// One that rings, as far as anybody has said.
    pub ringing: i64,
    /// One that was answered.
    pub running: i64,
    /// And not after this.
    pub latest: i64,
}

impl BusySince {
    /// Now, for calls that ring and run at most so many seconds.
    pub fn at(now_s: i64, ringing_s: u32, longest_s: u32) -> Self {
        let ringing = now_s - i64::from(ringing_s) - REPORTED_WITHIN_S;
        Self { ringing, running: ringing - i64::from(longest_s), latest: now_s + CLOCKS_DIFFER_S }
    }
}
