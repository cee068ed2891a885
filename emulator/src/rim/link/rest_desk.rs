//! What happens to requests on their way to the account: they are written down, and may be made to fail.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::core::rest::{Answer, Request, RestError};

/// Requests that are remembered.
const LONGEST_LOG: usize = 10_000;
/// Bytes of their parameters that are remembered.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// One request to the REST API, as it came. Credentials are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestCall {
    /// `GET`, `POST`, `DELETE`, …
    pub method: String,
    /// Without the query.
    pub path: String,
    /// Decoded query.
    pub query: Vec<(String, String)>,
    /// Decoded form.
    pub form: Vec<(String, String)>,
    /// The user of Basic authentication: `AC…` or `SK…`.
    pub user: Option<String>,
    /// The status that was answered.
    pub status: u16,
}

impl RestCall {
    fn bytes(&self) -> usize {
        let pairs = self.query.iter().chain(&self.form);
        self.path.len() + pairs.map(|(name, value)| name.len() + value.len()).sum::<usize>()
    }
}

/// Requests that are to fail, or to be slow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailRest {
    /// The status, such as 429, 500 or 503. `None`: they succeed, only late.
    pub status: Option<u16>,
    /// How many requests; the next ones are answered again.
    pub times: usize,
    /// Seconds for the header `Retry-After`.
    pub retry_after_s: Option<u64>,
    /// The answer comes this much later.
    pub delay: Duration,
    /// Only requests with this in their path. Empty: all.
    pub path_contains: String,
    /// What was asked for is done although the answer says that it failed, as when a gateway loses the answer.
    pub done_all_the_same: bool,
}

impl FailRest {
    /// The next `times` requests fail with this status.
    #[must_use]
    pub fn status(status: u16, times: usize) -> Self {
        Self { status: Some(status), ..Self::slow(Duration::ZERO, times) }
    }

    /// The next `times` requests are answered late.
    #[must_use]
    pub fn slow(delay: Duration, times: usize) -> Self {
        Self {
            status: None,
            times,
            retry_after_s: None,
            delay,
            path_contains: String::new(),
            done_all_the_same: false,
        }
    }

    /// With the header `Retry-After`.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after_s: Some(seconds), ..self }
    }

    /// Only requests with this in their path.
    #[must_use]
    pub fn only(self, path_contains: &str) -> Self {
        Self { path_contains: path_contains.to_owned(), ..self }
    }

    /// What was asked for is done all the same.
    #[must_use]
    pub fn after_the_deed(self) -> Self {
        Self { done_all_the_same: true, ..self }
    }

    /// The answer instead of the account's.
    #[must_use]
    pub(crate) fn answer(&self) -> Option<Answer> {
        let status = self.status?;
        let (code, message) = match status {
            429 => (20429, "Too Many Requests"),
            503 => (20503, "Service unavailable"),
            500..=599 => (20500, "Internal Server Error"),
            _ => (20000 + u32::from(status), "Failure ordered by a test"),
        };
        Some(RestError::new(status, code, message).answer())
    }
}

/// Log and faults. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct RestDesk {
    shared: Arc<Mutex<Facts>>,
}

#[derive(Debug, Default)]
struct Facts {
    log: VecDeque<RestCall>,
    /// What the parameters in the log take.
    bytes: usize,
    faults: Vec<FailRest>,
    /// Seconds by which the header `Date` is wrong.
    clock_offset: i64,
}

impl RestDesk {
    fn facts(&self) -> MutexGuard<'_, Facts> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that was asked, oldest first.
    #[must_use]
    pub fn log(&self) -> Vec<RestCall> {
        self.facts().log.iter().cloned().collect()
    }

    /// Orders a fault; it comes after those that were ordered before.
    pub fn fail(&self, fault: FailRest) {
        self.facts().faults.push(fault);
    }

    /// The header `Date` is wrong by this many seconds from now on.
    pub fn set_clock_offset(&self, seconds: i64) {
        self.facts().clock_offset = seconds;
    }

    /// See [`RestDesk::set_clock_offset`].
    #[must_use]
    pub fn clock_offset(&self) -> i64 {
        self.facts().clock_offset
    }

    /// The fault that this request meets; it is used up.
    pub(crate) fn fault(&self, path: &str) -> Option<FailRest> {
        let mut facts = self.facts();
        facts.faults.retain(|fault| fault.times > 0);
        let fault = facts.faults.iter_mut().find(|fault| path.contains(&fault.path_contains))?;
        fault.times -= 1;
        Some(fault.clone())
    }

    pub(crate) fn note(&self, request: &Request, status: u16) {
        let call = RestCall {
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            form: request.form.clone(),
            user: request.credentials.as_ref().map(|(user, _)| user.clone()),
            status,
        };
        let mut facts = self.facts();
        facts.bytes += call.bytes();
        facts.log.push_back(call);
        while facts.log.len() > LONGEST_LOG || (facts.bytes > MOST_BYTES && facts.log.len() > 1) {
            let dropped = facts.log.pop_front().map_or(0, |call| call.bytes());
            facts.bytes -= dropped;
        }
    }
}
