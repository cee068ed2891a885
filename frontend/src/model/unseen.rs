use shared::api::{MissedCall, MissedCalls};

/// How many calls are kept in mind that the user has seen here.
const MOST_KNOWN: usize = 20;

/// The line's calls that nobody took and that its user has not seen: those that never rang here, because the line was busy or
/// this page was away, and those that rang in a page that is gone. The server knows them; this browser knows which were seen.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Unseen {
    /// Whose they are.
    line: String,
    /// All before this moment were seen, in the server's seconds; `None` in a browser that has never asked.
    after: Option<i64>,
    /// Where `after` moves to when these are seen.
    until: i64,
    /// Later calls that were seen here, by the CallSid.
    known: Vec<String>,
    /// Those that rang in this page, which has told of them as they did.
    rang: Vec<String>,
    calls: Vec<MissedCall>,
}

impl Unseen {
    /// What was kept of this line in the browser ([`Unseen::kept`]); nothing, if it is another line's.
    pub fn of(line: &str, kept: &str) -> Self {
        let mut words = kept.split(' ');
        let nothing = Self { line: line.to_owned(), ..Self::default() };
        if words.next() != Some(line) {
            return nothing;
        }
        let after = words.next().and_then(|word| word.parse().ok());
        let known = words.take(MOST_KNOWN).map(str::to_owned).collect();
        Self { after, known, ..nothing }
    }

    /// What is worth keeping.
    pub fn kept(&self) -> String {
        let after = self.after.map(|after| after.to_string()).unwrap_or_default();
        let words = [self.line.as_str(), &after].into_iter().chain(self.known.iter().map(String::as_str));
        words.collect::<Vec<_>>().join(" ")
    }

    /// What to ask the server from.
    pub fn after(&self) -> Option<i64> {
        self.after
    }

    /// The latest first.
    pub fn calls(&self) -> &[MissedCall] {
        &self.calls
    }

    /// The server's answer; gives those that the page hears of only now.
    pub fn told(&mut self, MissedCalls { mut calls, until, .. }: MissedCalls) -> Vec<MissedCall> {
        calls.retain(|call| !self.known.contains(&call.call_sid));
        let is_new = |call: &&MissedCall| {
            let is_it = |sid: &String| *sid == call.call_sid;
            !self.calls.iter().map(|before| &before.call_sid).chain(&self.rang).any(is_it)
        };
        let new = calls.iter().filter(is_new).cloned().collect();
        self.until = until;
        self.calls = calls;
        if self.calls.is_empty() {
            self.after = Some(until.max(self.after.unwrap_or(until)));
        }
        new
    }

    /// This call rings here.
    pub fn rings(&mut self, call_sid: &str) {
        add(&mut self.rang, call_sid);
    }

    /// The user has seen how this call ended.
    pub fn know(&mut self, call_sid: &str) {
        add(&mut self.known, call_sid);
        self.calls.retain(|call| call.call_sid != call_sid);
    }

    /// The user has seen them all.
    pub fn seen(&mut self) {
        for call in std::mem::take(&mut self.calls) {
            self.know(&call.call_sid);
        }
        self.after = Some(self.until.max(self.after.unwrap_or(self.until)));
    }

    /// Another tab has kept something else.
    pub fn heed(&mut self, kept: &str) {
        let mut calls = std::mem::take(&mut self.calls);
        let rang = std::mem::take(&mut self.rang);
        *self = Self { until: self.until, rang, ..Self::of(&self.line, kept) };
        calls.retain(|call| Some(call.at) > self.after && !self.known.contains(&call.call_sid));
        self.calls = calls;
    }
}

/// The latest only.
fn add(calls: &mut Vec<String>, call_sid: &str) {
    if calls.iter().all(|call| call != call_sid) {
        calls.push(call_sid.to_owned());
        calls.drain(..calls.len().saturating_sub(MOST_KNOWN));
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    const LINE: &str = "+815031234567";

    fn missed(call_sid: &str, at: i64) -> MissedCall {
        MissedCall { call_sid: call_sid.to_owned(), peer: "+442079460958".to_owned(), at, busy: true }
    }

    fn answer(calls: &[(&str, i64)], until: i64) -> MissedCalls {
        let calls = calls.iter().map(|(call_sid, at)| missed(call_sid, *at)).collect();
        MissedCalls { calls, until, ringing: false }
    }

    fn sids(unseen: &Unseen) -> Vec<&str> {
        unseen.calls().iter().map(|call| call.call_sid.as_str()).collect()
    }

    #[test]
    fn a_missed_call_is_shown_until_it_was_seen_and_never_again() {
        let mut unseen = Unseen::of(LINE, "");
        assert_eq!(unseen.after(), None);
        assert_eq!(unseen.told(answer(&[], 100)), []);
        assert_eq!(unseen.after(), Some(100));

        assert_eq!(unseen.told(answer(&[("CA1", 110)], 120)), [missed("CA1", 110)]);
        assert_eq!(unseen.told(answer(&[("CA2", 121), ("CA1", 110)], 130)), [missed("CA2", 121)]);
        assert_eq!(sids(&unseen), ["CA2", "CA1"]);
        assert_eq!(unseen.after(), Some(100), "nobody has seen them");
        // The page is loaded anew.
        let mut unseen = Unseen::of(LINE, &unseen.kept());
        assert_eq!(unseen.after(), Some(100));
        assert_eq!(unseen.told(answer(&[("CA2", 121), ("CA1", 110)], 130)).len(), 2);
        unseen.seen();
        assert_eq!((unseen.after(), unseen.calls()), (Some(130), &[][..]));
        // One of the second in which the server was asked comes once more.
        let mut unseen = Unseen::of(LINE, &unseen.kept());
        assert_eq!(unseen.told(answer(&[("CA1", 110)], 140)), []);
        assert_eq!(sids(&unseen), [""; 0]);
    }

    #[test]
    fn what_was_seen_here_is_not_told_again() {
        let mut unseen = Unseen::of(LINE, "");
        unseen.told(answer(&[], 100));
        unseen.know("CA1");
        assert_eq!(unseen.told(answer(&[("CA1", 101)], 110)), []);
        assert_eq!(unseen.after(), Some(110));
        unseen.told(answer(&[("CA2", 112)], 120));
        unseen.know("CA2");
        assert_eq!(sids(&unseen), [""; 0]);
        for call in 0..100 {
            unseen.know(&format!("CA{call}"));
        }
        assert_eq!(Unseen::of(LINE, &unseen.kept()).known.len(), MOST_KNOWN);
    }

    #[test]
    fn one_that_rang_here_is_no_news_but_stays_until_it_was_seen() {
        let mut unseen = Unseen::of(LINE, &format!("{LINE} 100"));
        unseen.rings("CA1");
        assert_eq!(unseen.told(answer(&[("CA2", 112), ("CA1", 110)], 120)), [missed("CA2", 112)]);
        assert_eq!(sids(&unseen), ["CA2", "CA1"]);
    }

    #[test]
    fn one_that_rings_is_not_passed_over() {
        let mut unseen = Unseen::of(LINE, &format!("{LINE} 100"));
        unseen.told(MissedCalls { ringing: true, ..answer(&[], 104) });
        assert_eq!(unseen.told(answer(&[("CA1", 105)], 140)).len(), 1);
        // A server whose clock was set back.
        unseen.seen();
        unseen.told(answer(&[], 50));
        assert_eq!(unseen.after(), Some(140));
    }

    #[test]
    fn tabs_agree_on_what_was_seen() {
        let mut one = Unseen::of(LINE, &format!("{LINE} 100"));
        let mut other = one.clone();
        let told = answer(&[("CA2", 120), ("CA1", 110)], 130);
        one.told(told.clone());
        other.told(told);
        one.seen();
        other.heed(&one.kept());
        assert_eq!((sids(&other), other.after()), (vec![], Some(130)));
    }

    #[test]
    fn what_was_kept_of_another_line_or_is_garbled_is_nothing() {
        for kept in ["", "+12025550143 100 CA1", " ", "garbled", "+815031234567", "+815031234567 soon"] {
            assert_eq!(Unseen::of(LINE, kept).after(), None, "{kept}");
        }
    }
}
