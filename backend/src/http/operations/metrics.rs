use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use actix_web::http::{Method, StatusCode};
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::Registry,
};
use shared::api::{CallDirection, CallOutcome};

use super::process::Process;
use crate::{clock, http::error::Cause};

/// Seconds. Twilio gives up after 15.
const BUCKETS: [f64; 9] = [0.001, 0.005, 0.02, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0];
/// For answers without a route of their own: files, pages, and what is not there.
const PAGE: &str = "page";

type Labels<const N: usize> = [(&'static str, String); N];

/// Figures about this process. No label holds what a stranger may choose, nor anything of a person.
#[derive(Clone)]
pub(crate) struct Metrics {
    registry: Arc<Mutex<Registry>>,
    requests: Family<Labels<3>, Counter>,
    durations: Family<Labels<1>, Histogram>,
    calls: Family<Labels<2>, Counter>,
    sign_ins: Family<Labels<1>, Counter>,
    refused_signatures: Counter,
    store_failures: Counter,
    waiting_reports: Gauge,
    event_streams: Gauge,
    listener_hears: Gauge,
}

/// How it stands as the figures are asked for.
pub(crate) struct Moment {
    /// Call reports that wait for the store.
    pub(crate) waiting_reports: usize,
    /// Browsers that wait for events.
    pub(crate) event_streams: usize,
    /// The store tells of events.
    pub(crate) listener_hears: bool,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut all = Registry::default();
        all.register_collector(Box::new(Process { started_at_s: clock::now_s() }));
        let registry = all.sub_registry_with_prefix("sidetone");
        let metrics = Self {
            registry: Arc::default(),
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            calls: Family::default(),
            sign_ins: Family::default(),
            refused_signatures: Counter::default(),
            store_failures: Counter::default(),
            waiting_reports: Gauge::default(),
            event_streams: Gauge::default(),
            listener_hears: Gauge::default(),
        };
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version of this program", version);
        registry.register("requests", "Answers by route, method and status", metrics.requests.clone());
        registry.register("request_seconds", "Time to the answer, by route", metrics.durations.clone());
        registry.register("calls", "Calls that are over, by direction and outcome", metrics.calls.clone());
        registry.register("sign_ins", "Attempts to sign in, by outcome", metrics.sign_ins.clone());
        registry.register(
            "refused_signatures",
            "Webhooks without Twilio's signature or with a wrong one",
            metrics.refused_signatures.clone(),
        );
        registry.register(
            "store_failures",
            "Requests refused, checks of health failed and call reports held back because the database failed",
            metrics.store_failures.clone(),
        );
        registry.register(
            "waiting_reports",
            "Call reports that wait in memory for the database",
            metrics.waiting_reports.clone(),
        );
        registry.register(
            "event_streams",
            "Browsers that are told at once what happens to their line",
            metrics.event_streams.clone(),
        );
        registry.register(
            "listener_hears",
            "1 while the database tells of events; 0 while they are looked for once a second",
            metrics.listener_hears.clone(),
        );
        *metrics.registry.lock().unwrap_or_else(PoisonError::into_inner) = all;
        metrics
    }

    /// An answer has been given. `route` is the pattern that matched, below the prefix and without a slash before it;
    /// `cause` is why it is an error of ours.
    pub(crate) fn answered(
        &self,
        route: Option<&str>,
        method: &Method,
        status: StatusCode,
        cause: Option<Cause>,
        took: Duration,
    ) {
        let route = route.filter(|route| !route.is_empty()).unwrap_or(PAGE);
        let labels = [
            ("route", route.to_owned()),
            ("method", known_method(method).to_owned()),
            ("status", status.as_str().to_owned()),
        ];
        self.requests.get_or_create(&labels).inc();
        self.durations.get_or_create(&[("route", route.to_owned())]).observe(took.as_secs_f64());
        match cause {
            Some(Cause::StoreFailed) => {
                self.store_failures.inc();
            }
            Some(Cause::NotSigned) => {
                self.refused_signatures.inc();
            }
            Some(
                Cause::BadRequest
                | Cause::MediaType
                | Cause::NotFound
                | Cause::NotAdmin
                | Cause::LineExists
                | Cause::LastAdmin
                | Cause::OwnLine
                | Cause::Newer
                | Cause::Full
                | Cause::MethodNotAllowed
                | Cause::Slow
                | Cause::TooLarge
                | Cause::OtherSite
                | Cause::SignedOut
                | Cause::SignInRefused
                | Cause::Throttled(_)
                | Cause::Crowded
                | Cause::NewPasscodeNeeded
                | Cause::PasscodeTooWeak
                | Cause::NoPasscode
                | Cause::Internal,
            )
            | None => {}
        }
    }

    /// Somebody has signed in with number and passcode, or why not.
    pub(crate) fn sign_in_ended(&self, failure: Option<Cause>) {
        let outcome = match failure {
            None => "signed_in",
            Some(Cause::SignInRefused) => "refused",
            Some(Cause::NewPasscodeNeeded | Cause::PasscodeTooWeak) => "more_needed",
            Some(Cause::Throttled(_)) => "throttled",
            Some(Cause::Crowded) => "turned_away",
            Some(Cause::StoreFailed | Cause::Internal) => "failed",
            Some(
                Cause::BadRequest
                | Cause::MediaType
                | Cause::NotFound
                | Cause::NotAdmin
                | Cause::LineExists
                | Cause::LastAdmin
                | Cause::OwnLine
                | Cause::Newer
                | Cause::Full
                | Cause::MethodNotAllowed
                | Cause::Slow
                | Cause::TooLarge
                | Cause::OtherSite
                | Cause::NotSigned
                | Cause::SignedOut
                | Cause::NoPasscode,
            ) => "senseless",
        };
        self.count_sign_in(outcome);
    }

    /// One more attempt to sign in has ended like this.
    pub(crate) fn count_sign_in(&self, outcome: &'static str) {
        self.sign_ins.get_or_create(&[("outcome", outcome.to_owned())]).inc();
    }

    /// A call is over, or was not made.
    pub(crate) fn call_ended(&self, direction: CallDirection, outcome: &CallOutcome) {
        let direction = match direction {
            CallDirection::Incoming => "incoming",
            CallDirection::Outgoing => "outgoing",
        };
        let outcome = match outcome {
            CallOutcome::Ringing | CallOutcome::InProgress => return,
            CallOutcome::Completed => "completed",
            CallOutcome::Busy => "busy",
            CallOutcome::NoAnswer => "no_answer",
            CallOutcome::Failed => "failed",
            CallOutcome::Canceled => "canceled",
            CallOutcome::Refused { .. } => "refused",
        };
        let labels = [("direction", direction.to_owned()), ("outcome", outcome.to_owned())];
        self.calls.get_or_create(&labels).inc();
    }

    /// The store failed where no [`Cause`] tells so: it did not answer, or did not take what is kept for later.
    pub(crate) fn store_failed(&self) {
        self.store_failures.inc();
    }

    /// All figures, in the OpenMetrics text format.
    pub(crate) fn text(&self, now: &Moment) -> Result<String, fmt::Error> {
        self.waiting_reports.set(i64::try_from(now.waiting_reports).unwrap_or(i64::MAX));
        self.event_streams.set(i64::try_from(now.event_streams).unwrap_or(i64::MAX));
        self.listener_hears.set(now.listener_hears.into());
        let mut text = String::new();
        encode(&mut text, &self.registry.lock().unwrap_or_else(PoisonError::into_inner))?;
        Ok(text)
    }
}

/// A stranger may invent methods, but not labels.
pub(crate) fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
