//! What happens to callbacks on their way to the application: a test may order that they come late, twice, in another order,
//! or never.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What befalls a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disturbance {
    /// It comes so much later; others overtake it.
    Late(Duration),
    /// It comes again when it has been answered. Nothing tells that it is the same one: the second has an idempotency token
    /// of its own.
    Twice,
    /// It comes after the next one that is disturbed in this way. Without a next one it never comes.
    Swapped,
    /// It never comes.
    Swallowed,
}

/// Callbacks that are to be disturbed: requests whose answer nobody reads, such as those of `statusCallback`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisturbCallbacks {
    /// How.
    pub how: Disturbance,
    /// How many; the next ones go their usual way. Of `Swapped` two make a pair.
    pub times: usize,
    /// Only those with this in their address. Empty: all.
    pub url_contains: String,
}

impl DisturbCallbacks {
    /// The next `times` callbacks.
    #[must_use]
    pub fn new(how: Disturbance, times: usize) -> Self {
        Self { how, times, url_contains: String::new() }
    }

    /// Only those with this in their address.
    #[must_use]
    pub fn only(self, url_contains: &str) -> Self {
        Self { url_contains: url_contains.to_owned(), ..self }
    }
}

/// Orders for callbacks. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct CallbackDesk(Arc<Mutex<Vec<DisturbCallbacks>>>);

impl CallbackDesk {
    /// Orders a disturbance; it comes after those that were ordered before.
    pub fn disturb(&self, order: DisturbCallbacks) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(order);
    }

    /// What befalls a callback to this address; it is used up.
    pub(crate) fn befalls(&self, url: &str) -> Option<Disturbance> {
        let mut orders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        orders.retain(|order| order.times > 0);
        let order = orders.iter_mut().find(|order| url.contains(&order.url_contains))?;
        order.times -= 1;
        Some(order.how)
    }
}
