use std::collections::{BTreeMap, BTreeSet};

use shared::api::Refusal;

use super::limits::{DAY_S, DialLimits, DialRequest, DialUsage, billed_s, used_s};
use crate::calls::call::{CallReport, is_over};

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
    /// Those of them that were granted here while the store was away, until the store knows of their end: it does not
    /// count them.
    outside: BTreeSet<String>,
}

#[derive(Debug)]
struct Entry {
    line: String,
    granted: Result<u32, Refusal>,
    metered: bool,
    /// Seconds held, and used when it has ended.
    counted_s: u64,
    ends_by: i64,
    /// Seconds from its start to `ends_by`.
    ends_after_s: i64,
    ended_at: Option<i64>,
}

impl Entry {
    /// A call that began or ended later than now: the clock was ahead.
    fn bring_back(&mut self, now_s: i64) {
        self.ends_by = self.ends_by.min(now_s.saturating_add(self.ends_after_s));
        self.ended_at = self.ended_at.map(|at| at.min(now_s));
    }

    fn runs(&self, now_s: i64) -> bool {
        self.ended_at.is_none() && self.ends_by > now_s
    }

    fn counts(&self, now_s: i64) -> bool {
        self.ended_at.unwrap_or(self.ends_by) > now_s.saturating_sub(DAY_S)
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
        self.forget_old(request.at);
        if self.calls.len() >= MOST_CALLS {
            return Err(Refusal::ServerMinutesSpent);
        }
        let granted = limits.grant(self.usage(&request.line, request.at), request.kind);
        self.add(request, granted, limits);
        if granted.is_ok() {
            self.outside.insert(request.call_sid.clone());
        }
        granted
    }

    /// Notes what the store has answered. Returns what is to be answered: less, if meanwhile calls were granted here that
    /// the store has not counted.
    ///
    /// # Errors
    /// The limit that is reached.
    pub fn note(
        &mut self,
        request: &DialRequest,
        granted: Result<u32, Refusal>,
        limits: &DialLimits,
    ) -> Result<u32, Refusal> {
        // Asked for again, and the store knows it now.
        self.outside.remove(&request.call_sid);
        if let Some(entry) = self.calls.get(&request.call_sid) {
            return granted.and_then(|granted_s| entry.granted.map(|here_s| here_s.min(granted_s)));
        }
        let mut granted = granted;
        if self.usage_outside(&request.line, request.at, None) != request.outside {
            let here = limits.grant(self.usage(&request.line, request.at), request.kind);
            granted = granted.and_then(|granted_s| here.map(|here_s| here_s.min(granted_s)));
        }
        if self.calls.len() >= MOST_CALLS {
            self.forget_old(request.at);
        }
        if self.calls.len() < MOST_CALLS {
            self.add(request, granted, limits);
        }
        granted
    }

    fn forget_old(&mut self, now_s: i64) {
        let Self { calls, outside } = self;
        calls.retain(|_, entry| entry.ends_by > now_s.saturating_sub(DAY_S));
        outside.retain(|call_sid| calls.contains_key(call_sid));
    }

    fn add(&mut self, request: &DialRequest, granted: Result<u32, Refusal>, limits: &DialLimits) {
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
                ends_after_s: limits.ends_after_s(held_s),
                ended_at: request.ended_at(granted),
            },
        );
    }

    pub fn usage(&mut self, line: &str, now_s: i64) -> DialUsage {
        sum(self.calls.values_mut(), line, now_s)
    }

    /// What calls use that the store does not know of, to be added to what it knows; without the call that is asked for.
    pub fn usage_outside(&mut self, line: &str, now_s: i64, asked_for: Option<&str>) -> DialUsage {
        let Self { calls, outside } = self;
        let mut usage = DialUsage::default();
        for call_sid in outside.iter().filter(|call_sid| Some(call_sid.as_str()) != asked_for) {
            usage = usage.and(sum(calls.get_mut(call_sid).into_iter(), line, now_s));
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

    /// Learns that the store knows what was reported; of a call's end, that it counts it.
    pub fn written(&mut self, report: &CallReport) {
        if is_over(&report.outcome) {
            self.outside.remove(&report.parent_sid);
        }
    }
}

fn sum<'e>(entries: impl Iterator<Item = &'e mut Entry>, line: &str, now_s: i64) -> DialUsage {
    let mut usage = DialUsage::default();
    for entry in entries {
        entry.bring_back(now_s);
        if entry.counts(now_s) {
            usage.server_s += entry.counted_s;
            if entry.line == line {
                usage.line_s += entry.counted_s;
                usage.calls += u32::from(entry.runs(now_s));
            }
        }
    }
    usage
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
