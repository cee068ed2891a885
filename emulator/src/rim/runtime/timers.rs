//! Timers that run. What belongs to a call or a socket ends with it, so that a limit of hours does not outlive a call
//! of seconds.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::AbortHandle;

use crate::core::exchange::{Input, Timer, TimerOwner};
use crate::rim::link::Link;

/// Timers by what they belong to.
#[derive(Debug, Default)]
pub(super) struct Timers {
    running: HashMap<TimerOwner, Vec<AbortHandle>>,
    count: Arc<AtomicUsize>,
}

/// Counts a timer for as long as it runs.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Timers {
    /// Tells the exchange `timer` after `after`.
    pub(super) fn start(&mut self, after: Duration, timer: Timer, link: Link) {
        let running = self.running.entry(timer.owner()).or_default();
        running.retain(|timer| !timer.is_finished());
        self.count.fetch_add(1, Ordering::Relaxed);
        let counted = Counted(Arc::clone(&self.count));
        let task = tokio::task::spawn_local(async move {
            let _counted = counted;
            tokio::time::sleep(after).await;
            link.input(Input::Timer(timer));
        });
        running.push(task.abort_handle());
    }

    /// Nothing is left to wait for.
    pub(super) fn end(&mut self, owner: &TimerOwner) {
        for timer in self.running.remove(owner).unwrap_or_default() {
            timer.abort();
        }
    }

    /// How many run.
    pub(super) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }
}
