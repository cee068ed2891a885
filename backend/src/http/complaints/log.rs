//! What strangers can bring about, as it stands in the log: see [`crate::http::complaints::counts`].

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use super::counts::{Complaints, INTERVAL};
use crate::failures::{Failures, Limit};

/// To say why a signature does not fit takes some milliseconds.
const MOST_EXPLAINED: &[Limit] = &[Limit { most: 20, window_s: 1 }];

/// What is the same complaint. Nothing in it is a stranger's to choose.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Kind {
    /// A request of somebody who gave no proof. The route is its pattern.
    Answered { method: &'static str, route: String, status: u16 },
    /// A webhook that is not Twilio's, and why in short.
    NotSigned(&'static str),
    /// A number that no line has.
    UnknownNumber,
    /// By OpenID Connect; the word that the page is told.
    OpenId(&'static str),
    /// The store or the server itself failed, in our words.
    Failed(String),
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered { method, route, status } => {
                let route = route.trim_start_matches('/');
                let route = if route.is_empty() { "of what is not there" } else { route };
                write!(f, "{method} {route} from strangers, answered with {status}")
            }
            Self::NotSigned(why) => write!(f, "refused requests that Twilio did not sign ({why})"),
            Self::UnknownNumber => f.write_str("sign-ins with numbers that no line has"),
            Self::OpenId(why) => write!(f, "sign-ins by OpenID Connect that failed ({why})"),
            Self::Failed(what) => f.write_str(what),
        }
    }
}

pub(crate) struct ComplaintLog {
    start: Instant,
    complaints: Mutex<Complaints<Kind>>,
    explained: Mutex<Failures>,
}

impl ComplaintLog {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), complaints: Mutex::default(), explained: Mutex::default() }
    }

    /// Whether this one is to be logged in full.
    pub(crate) fn tell(&self, kind: Kind) -> bool {
        self.lock().tell(kind, self.start.elapsed())
    }

    /// Whether there is time to look for the reason of a complaint.
    pub(crate) fn may_explain(&self) -> bool {
        let now_s = i64::try_from(self.start.elapsed().as_secs()).unwrap_or(i64::MAX);
        let mut explained = self.explained.lock().unwrap_or_else(PoisonError::into_inner);
        explained.add(MOST_EXPLAINED, now_s).is_ok()
    }

    /// Logs the counts, for as long as the server runs.
    pub(crate) async fn keep_telling(&self) {
        let mut ticks = tokio::time::interval(INTERVAL / 4);
        loop {
            ticks.tick().await;
            self.tell_due();
        }
    }

    /// Logs the counts that are due now.
    pub(crate) fn tell_due(&self) {
        let due = self.lock().due(self.start.elapsed());
        log(due);
    }

    /// Logs what has not been told, before the end.
    pub(crate) fn tell_rest(&self) {
        let rest = self.lock().rest();
        log(rest);
    }

    fn lock(&self) -> MutexGuard<'_, Complaints<Kind>> {
        self.complaints.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn log(counts: Vec<(Option<Kind>, u64)>) {
    for (kind, times) in counts {
        let kind = kind.map_or_else(|| "complaints of other kinds".to_owned(), |kind| kind.to_string());
        tracing::warn!(times, "again and again: {kind}");
    }
}
