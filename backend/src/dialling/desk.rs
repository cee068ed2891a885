use std::sync::{Arc, Mutex, PoisonError};

use shared::{PhoneNumber, api::Refusal};

use super::{
    ledger::DialLedger,
    limits::{DialKind, DialLimits, DialRequest},
    policy::{self, Permitted},
};
use crate::{
    calls::call::CallReport,
    lines::{Directory, Line},
    store::{Store, within},
};

/// Who is at the other end of a call that a line makes.
pub(crate) enum Callee {
    /// Another line of this server, reached without the phone network.
    Line(Line),
    Phone(PhoneNumber),
}

impl Callee {
    pub(crate) fn number(&self) -> &PhoneNumber {
        match self {
            Self::Line(line) => &line.phone_number,
            Self::Phone(number) => number,
        }
    }

    fn kind(&self) -> DialKind {
        match self {
            Self::Line(_) => DialKind::Line,
            Self::Phone(_) => DialKind::Phone,
        }
    }
}

/// The dial policy with its limits, held against the store, or against what this process knows while the store is away
/// ([`DialLedger`]).
pub(crate) struct Dialling {
    store: Arc<dyn Store>,
    permitted: Permitted,
    limits: DialLimits,
    ledger: Mutex<DialLedger>,
}

impl Dialling {
    pub(crate) fn new(store: Arc<dyn Store>, permitted: Permitted, limits: DialLimits) -> Self {
        Self { store, permitted, limits, ledger: Mutex::default() }
    }

    /// Whom the line reaches when it dials `wish`, which comes from the browser.
    pub(crate) async fn callee(
        &self,
        directory: &Directory,
        line: &Line,
        wish: &str,
    ) -> Result<Callee, Refusal> {
        let number = policy::read(wish, line)?;
        if let Some(callee) = directory.by_number(&number).await {
            return Ok(Callee::Line(callee));
        }
        policy::permit(&number, line, &self.permitted)?;
        Ok(Callee::Phone(number))
    }

    /// The seconds that the call may last. The same call gets the same answer again and counts once.
    pub(crate) async fn ask(
        &self,
        call_sid: &str,
        line: &Line,
        callee: &Callee,
        now_s: i64,
    ) -> Result<u32, Refusal> {
        self.count(call_sid, line, callee.kind(), now_s).await
    }

    /// Whether the line may test its connection.
    pub(crate) async fn ask_to_test(&self, call_sid: &str, line: &Line, now_s: i64) -> Result<(), Refusal> {
        self.count(call_sid, line, DialKind::Test, now_s).await.map(drop)
    }

    async fn count(&self, call_sid: &str, line: &Line, kind: DialKind, now_s: i64) -> Result<u32, Refusal> {
        let request = DialRequest {
            call_sid: call_sid.to_owned(),
            line: line.phone_number.as_str().to_owned(),
            kind,
            at: now_s,
            outside: self.ledger().usage_outside(line.phone_number.as_str(), now_s, Some(call_sid)),
        };
        let limits = self.limits.of(line.limits);
        match within(self.store.ask_to_dial(&request, &limits)).await {
            Ok(granted) => self.ledger().note(&request, granted, &limits),
            Err(error) => {
                tracing::error!(
                    "the store failed, so the limits are held against the calls of this process: {error}"
                );
                self.ledger().ask(&request, &limits)
            }
        }
    }

    /// Whether a call would be granted at this moment.
    pub(crate) async fn check(&self, line: &Line, callee: &Callee, now_s: i64) -> Result<(), Refusal> {
        let number = line.phone_number.as_str();
        let usage = match within(self.store.dial_usage(number, &self.limits, now_s)).await {
            Ok(usage) => usage.and(self.ledger().usage_outside(number, now_s, None)),
            Err(_) => self.ledger().usage(number, now_s),
        };
        self.limits.of(line.limits).grant(usage, callee.kind()).map(|_| ())
    }

    /// Learns of a call's end.
    pub(crate) fn report(&self, report: &CallReport) {
        self.ledger().report(report);
    }

    /// Learns that the store knows what was reported.
    pub(crate) fn written(&self, report: &CallReport) {
        self.ledger().written(report);
    }

    fn ledger(&self) -> std::sync::MutexGuard<'_, DialLedger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
