use std::collections::BTreeMap;

use shared::api::Refusal;

use super::{
    call::{CallReport, is_over},
    dial_limits::{DAY_S, DialLimits, DialRequest, DialUsage, billed_s, used_s},
};

/// Most calls that are remembered, about 10 MB. Beyond it no further call is made until some are a day old.
const MOST_CALLS: usize = 50_000;

/// The calls of the last day that one process knows of, by the rules that stores keep too
/// (`store::DialStore`): what the limits are held against while the store is away.
///
/// Without the store calls go on, within the limits as far as this process knows: a phone bill stays bounded (by the
/// limits times the number of processes), and a database that is down does not silence the phones.
#[derive(Debug, Default)]
pub struct DialLedger {
    calls: BTreeMap<String, Entry>,
}

#[derive(Debug)]
struct Entry {
    line: String,
    granted: Result<u32, Refusal>,
    metered: bool,
    /// Seconds held, and used when it has ended.
    counted_s: u64,
    ends_by: i64,
    ended_at: Option<i64>,
    /// Granted here while the store was away: the store does not know that it runs.
    outside_store: bool,
}

impl Entry {
    fn runs(&self, now_s: i64) -> bool {
        self.ended_at.is_none() && self.ends_by > now_s
    }

    fn counts(&self, now_s: i64) -> bool {
        self.ended_at.unwrap_or(self.ends_by) > now_s - DAY_S
    }
}

impl DialLedger {
    /// Grants a call its seconds, or refuses it. The same call gets the same answer again and counts once.
    ///
    /// # Errors
    /// The limit that is reached.
    pub fn ask(&mut self, request: &DialRequest, limits: &DialLimits) -> Result<u32, Refusal> {
        if let Some(entry) = self.calls.get(&request.call_sid) {
            return entry.granted;
        }
        self.calls.retain(|_, entry| entry.ends_by > request.at - DAY_S);
        if self.calls.len() >= MOST_CALLS {
            return Err(Refusal::ServerMinutesSpent);
        }
        let granted = limits.grant(self.usage(&request.line, request.at), request.kind);
        self.add(request, granted, limits, true);
        granted
    }

    /// Notes what the store has answered.
    pub fn note(&mut self, request: &DialRequest, granted: Result<u32, Refusal>, limits: &DialLimits) {
        match self.calls.get_mut(&request.call_sid) {
            // Asked for again, and the store knows it now.
            Some(entry) => entry.outside_store = false,
            None => self.add(request, granted, limits, false),
        }
    }

    fn add(
        &mut self,
        request: &DialRequest,
        granted: Result<u32, Refusal>,
        limits: &DialLimits,
        outside_store: bool,
    ) {
        if self.calls.len() >= MOST_CALLS {
            self.calls.retain(|_, entry| entry.ends_by > request.at - DAY_S);
        }
        if self.calls.len() >= MOST_CALLS || self.calls.contains_key(&request.call_sid) {
            return;
        }
        let held_s = granted.unwrap_or(0);
        self.calls.insert(
            request.call_sid.clone(),
            Entry {
                line: request.line.clone(),
                granted,
                // A refused call uses nothing, however long its caller listens to the reason.
                metered: request.kind.is_metered() && granted.is_ok(),
                counted_s: if request.kind.is_metered() { billed_s(held_s) } else { 0 },
                ends_by: if granted.is_ok() { limits.ends_by(request.at, held_s) } else { request.at },
                ended_at: request.ended_at(granted),
                outside_store,
            },
        );
    }

    pub fn usage(&self, line: &str, now_s: i64) -> DialUsage {
        self.sum(line, |_, entry| entry.counts(now_s), now_s)
    }

    /// What calls use that the store does not know of, to be added to what it knows; without the call that is asked for.
    /// Ends are reported to the store, so calls whose end was reported are in its account.
    pub fn usage_outside(&self, line: &str, now_s: i64, asked_for: Option<&str>) -> DialUsage {
        let unknown = |entry: &Entry| entry.outside_store && entry.ended_at.is_none() && entry.counts(now_s);
        self.sum(line, |sid, entry| unknown(entry) && asked_for != Some(sid), now_s)
    }

    fn sum(&self, line: &str, counts: impl Fn(&str, &Entry) -> bool, now_s: i64) -> DialUsage {
        let mut usage = DialUsage::default();
        for (_, entry) in self.calls.iter().filter(|(sid, entry)| counts(sid, entry)) {
            usage.server_s += entry.counted_s;
            if entry.line == line {
                usage.line_s += entry.counted_s;
                usage.calls += u32::from(entry.runs(now_s));
            }
        }
        usage
    }

    /// Learns of a call's end.
    pub fn report(&mut self, report: &CallReport) {
        if !is_over(&report.outcome) {
            return;
        }
        let Some(entry) = self.calls.get_mut(&report.parent_sid) else { return };
        let used_s = if entry.metered { used_s(report) } else { 0 };
        entry.counted_s = if entry.ended_at.is_some() { entry.counted_s.max(used_s) } else { used_s };
        let at = report.at.min(entry.ends_by);
        entry.ended_at = Some(entry.ended_at.map_or(at, |ended_at| ended_at.min(at)));
    }
}

#[cfg(test)]
#[path = "dial_ledger_tests.rs"]
mod tests;
