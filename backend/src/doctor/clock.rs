use jiff::{Timestamp, fmt::rfc2822};

use super::finding::Finding;

/// The network may take this long, in seconds.
const FINE: i64 = 30;
/// From here on tokens are too old, or not valid yet, when they arrive.
const TOO_MUCH: i64 = 120;

/// This machine's clock against Twilio's: tokens carry times. `date` is the `Date` header of an answer that has just
/// come.
pub(super) fn skew(date: Option<&str>, now_s: i64) -> Finding {
    let theirs =
        date.and_then(|date| rfc2822::parse(date).ok()).map(|date| Timestamp::from(date).as_second());
    let Some(theirs) = theirs else {
        return Finding::skipped("clock", "Twilio's answer had no readable date");
    };
    let skew = now_s - theirs;
    let way = if skew > 0 { "fast" } else { "slow" };
    let cure = "Let the machine set its clock by the network (timedatectl set-ntp true).";
    match skew.abs() {
        0..=FINE => Finding::fine("clock", format!("the clock is right ({skew:+} s against Twilio's)")),
        n if n < TOO_MUCH => Finding::warning("clock", format!("the clock is {n} s {way}"), cure),
        n => {
            Finding::wrong("clock", format!("the clock is {n} s {way}: Twilio refuses tokens made now"), cure)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    #[test]
    fn a_clock_may_be_a_little_off() {
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        let verdict = |now| skew(date, now).verdict;
        assert_eq!(verdict(784_111_777), Verdict::Fine);
        assert_eq!(verdict(784_111_777 - 40), Verdict::Warning);
        assert_eq!(verdict(784_111_777 + 3600), Verdict::Wrong);
        assert!(skew(date, 784_111_777 + 3600).says.contains("3600 s fast"));
        assert_eq!(skew(Some("yesterday"), 0).verdict, Verdict::Skipped);
    }
}
