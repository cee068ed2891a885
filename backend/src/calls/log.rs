use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use shared::api::CallOutcome;

use super::{busy::BusySince, call::CallReport};
use crate::{
    dialling::Dialling,
    http::operations::Metrics,
    store::{Store, StoreError, within},
};

/// Time between two attempts to write what waits.
const RETRY_EVERY: Duration = Duration::from_secs(1);
/// Most reports that wait for the store, about 3 MB. Beyond it the oldest is lost, and that is logged.
const MOST_WAITING: usize = 10_000;
/// CallSids in one line of the log.
const CALLS_IN_A_LINE: usize = 20;

/// The call log as callbacks write it: it never fails. What the store does not take waits in memory and is written
/// later; reports may arrive in any order (see [`crate::calls::call`]), so late ones do no harm.
pub(crate) struct CallLog {
    store: Arc<dyn Store>,
    dialling: Arc<Dialling>,
    waiting: Mutex<Waiting>,
    metrics: Metrics,
}

/// What waits, oldest first.
#[derive(Default)]
struct Waiting {
    reports: VecDeque<CallReport>,
    /// How many have left the front so far: tells whether the front is still the one that was looked at.
    gone: u64,
}

impl Waiting {
    fn front(&self) -> Option<(u64, CallReport)> {
        Some((self.gone, self.reports.front()?.clone()))
    }

    fn pop(&mut self) -> Option<CallReport> {
        let report = self.reports.pop_front()?;
        self.gone = self.gone.wrapping_add(1);
        Some(report)
    }
}

impl CallLog {
    pub(crate) fn new(store: Arc<dyn Store>, dialling: Arc<Dialling>, metrics: Metrics) -> Self {
        Self { store, dialling, waiting: Mutex::default(), metrics }
    }

    /// Writes the report now, or later.
    pub(crate) async fn report(&self, report: CallReport) {
        self.dialling.report(&report);
        // A refusal has no end that would be reported.
        if matches!(report.outcome, CallOutcome::Refused { .. }) {
            self.metrics.call_ended(report.direction, &report.outcome);
        }
        match self.write(&report).await {
            Ok(()) => self.dialling.written(&report),
            Err(error) => self.keep(report, &error),
        }
    }

    /// Writes the first report about an incoming call; false when the line is busy with another one. A store that cannot tell
    /// stops no call: it rings.
    pub(crate) async fn ring(&self, report: CallReport, since: BusySince) -> bool {
        match within(self.store.ring_line(&report, since)).await {
            Ok(true) => true,
            Ok(false) => {
                let report = CallReport { outcome: CallOutcome::Busy, ..report };
                // No `<Dial>` will report it.
                self.metrics.call_ended(report.direction, &report.outcome);
                self.dialling.report(&report);
                self.dialling.written(&report);
                false
            }
            Err(error) => {
                self.keep(report, &error);
                true
            }
        }
    }

    /// Writes what waits, for as long as the server runs.
    pub(crate) async fn keep_writing(&self) {
        let mut ticks = tokio::time::interval(RETRY_EVERY);
        loop {
            ticks.tick().await;
            self.write_waiting().await;
        }
    }

    /// Writes what waits until the store refuses again. A report stays in its place until it is written and read again, so
    /// that none is lost when this is dropped at any point, nor to a store that has just failed and takes what it cannot
    /// keep; one may then be written twice, which does no harm.
    pub(crate) async fn write_waiting(&self) {
        let mut written = 0_usize;
        while let Some((place, report)) = self.front() {
            match self.write_and_read(&report).await {
                Ok(true) => self.dialling.written(&report),
                Ok(false) => {
                    tracing::error!("the store took a call report and does not have it; it waits on");
                    return;
                }
                Err(_) => return,
            }
            self.written(place);
            written += 1;
        }
        if written > 0 {
            tracing::info!(written, "the store works again; the call reports that waited are written");
        }
    }

    async fn write(&self, report: &CallReport) -> Result<(), StoreError> {
        within(self.store.report_call(report)).await
    }

    async fn write_and_read(&self, report: &CallReport) -> Result<bool, StoreError> {
        self.write(report).await?;
        within(self.store.has_report(report)).await
    }

    /// The last words about what still waits when the server ends: it is lost with it.
    pub(crate) fn say_what_is_lost(&self) {
        let waiting = self.lock();
        let calls: BTreeSet<_> = waiting.reports.iter().map(|report| report.parent_sid.as_str()).collect();
        if calls.is_empty() {
            return;
        }
        tracing::error!(
            reports = waiting.reports.len(),
            calls = calls.len(),
            "the server ends before the store has taken all call reports; what they say of these calls is lost"
        );
        for some in calls.into_iter().collect::<Vec<_>>().chunks(CALLS_IN_A_LINE) {
            tracing::error!(call_sids = some.join(" "), "lost");
        }
    }

    /// How many reports wait for the store.
    pub(crate) fn waiting(&self) -> usize {
        self.lock().reports.len()
    }

    fn keep(&self, report: CallReport, error: &StoreError) {
        self.metrics.store_failed();
        let mut waiting = self.lock();
        if waiting.reports.is_empty() {
            tracing::error!("the store failed; call reports wait in memory until it works again: {error}");
        }
        if waiting.reports.len() >= MOST_WAITING
            && let Some(lost) = waiting.pop()
        {
            tracing::error!(call_sid = lost.parent_sid, "too many call reports wait; one is lost");
        }
        waiting.reports.push_back(report);
    }

    fn front(&self) -> Option<(u64, CallReport)> {
        self.lock().front()
    }

    /// Takes out what was written, unless it has been pushed out meanwhile.
    fn written(&self, place: u64) {
        let mut waiting = self.lock();
        if waiting.gone == place {
            drop(waiting.pop());
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
