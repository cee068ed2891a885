use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use shared::PhoneNumber;
use tokio::sync::watch;

use crate::store::{Store, StoreError, within};

/// Most streams of one line, in all of its browsers: somebody who is signed in must not take all connections.
const MOST_OF_A_LINE: usize = 64;
/// After a store that failed.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Wakes those that wait for a line's events. It tells nobody what has happened: that they read themselves, each from where it
/// is, so that nothing is lost or told twice however late or often they are woken.
pub(crate) struct Hub {
    store: Arc<dyn Store>,
    waiting: Mutex<HashMap<PhoneNumber, watch::Sender<()>>>,
    ended: watch::Sender<bool>,
    /// The store tells of events, as far as was seen last.
    hears: AtomicBool,
}

/// What one that waits is woken by.
pub(super) struct Subscription {
    pub(super) news: watch::Receiver<()>,
    /// The server ends.
    pub(super) ended: watch::Receiver<bool>,
}

impl Hub {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self {
            store,
            waiting: Mutex::default(),
            ended: watch::Sender::default(),
            hears: AtomicBool::default(),
        }
    }

    /// `None` when too many wait for this line's.
    pub(super) fn subscribe(&self, line: &PhoneNumber) -> Option<Subscription> {
        let mut waiting = self.lock();
        let sender = waiting.entry(line.clone()).or_default();
        let news = (sender.receiver_count() < MOST_OF_A_LINE).then(|| sender.subscribe())?;
        Some(Subscription { news, ended: self.ended.subscribe() })
    }

    /// How many wait.
    pub(crate) fn streams(&self) -> usize {
        self.lock().values().map(watch::Sender::receiver_count).sum()
    }

    /// Whether the store tells of events: otherwise they are looked for, and told late.
    pub(crate) fn hears(&self) -> bool {
        self.hears.load(Relaxed)
    }

    /// Ends all streams, and those that would begin: the server waits for them.
    pub(crate) fn end(&self) {
        self.ended.send_replace(true);
    }

    /// Wakes who has news, for as long as the server runs.
    pub(crate) async fn keep_waking(&self) {
        let mut listener = self.store.listen();
        let (mut seen, mut failed) = (None, false);
        loop {
            match within(self.look(seen)).await {
                Ok(last) => {
                    (seen, failed) = (Some(last), false);
                    self.hears.store(listener.hears(), Relaxed);
                    listener.heard().await;
                }
                Err(error) => {
                    if !failed {
                        tracing::error!(
                            "the store failed; browsers hear of nothing until it works again: {error}"
                        );
                    }
                    failed = true;
                    self.hears.store(false, Relaxed);
                    tokio::time::sleep(RETRY_AFTER).await;
                }
            }
        }
    }

    /// Wakes those to whose lines something has happened after the event that was seen last.
    async fn look(&self, seen: Option<i64>) -> Result<i64, StoreError> {
        let last = self.store.last_event().await?;
        match seen {
            Some(seen) if seen == last => {}
            Some(seen) if seen < last => self.wake(Some(&self.store.lines_with_events(seen).await?)),
            // The first look, or another database in the place of this one.
            _ => self.wake(None),
        }
        Ok(last)
    }

    fn wake(&self, lines: Option<&BTreeSet<PhoneNumber>>) {
        let mut waiting = self.lock();
        waiting.retain(|_, sender| sender.receiver_count() > 0);
        for (line, sender) in waiting.iter() {
            if lines.is_none_or(|lines| lines.contains(line)) {
                sender.send_replace(());
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PhoneNumber, watch::Sender<()>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
