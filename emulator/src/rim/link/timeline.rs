//! The timeline in memory.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use crate::core::timeline::{Entry, Event};

/// Entries kept; the oldest are dropped beyond.
const CAPACITY: usize = 20_000;
/// Bytes kept, about; a frame or a form may have megabytes.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What happened since the start. Clones share one list.
#[derive(Debug, Clone)]
pub struct Timeline {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    kept: Mutex<Kept>,
    /// The newest `seq`.
    newest: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Kept {
    entries: VecDeque<Entry>,
    /// What they take, about.
    bytes: usize,
    /// Which leg dialled a leg. Answers and reports may come when the exchange has forgotten the call.
    parents: HashMap<String, String>,
}

impl Kept {
    fn drop_oldest(&mut self) {
        let Some(oldest) = self.entries.pop_front() else { return };
        self.bytes = self.bytes.saturating_sub(oldest.event.weight());
        if let Entry { event: Event::CallCreated { .. }, call_sid: Some(call), .. } = oldest {
            self.parents.remove(&call);
        }
    }

    /// The entries after `seq`, which rises by one from each to the next.
    fn after(&self, seq: u64) -> impl Iterator<Item = &Entry> {
        self.entries.range(self.entries.partition_point(|entry| entry.seq <= seq)..)
    }
}

impl Default for Timeline {
    fn default() -> Self {
        let shared = Shared { kept: Mutex::default(), newest: watch::Sender::new(0) };
        Self { shared: Arc::new(shared) }
    }
}

impl Timeline {
    /// Everything that is still kept.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.lock().entries.iter().cloned().collect()
    }

    /// The entries of a leg and of the legs dialled from it.
    #[must_use]
    pub fn entries_of(&self, call_sid: &str) -> Vec<Entry> {
        self.lock().entries.iter().filter(|entry| entry.concerns(call_sid)).cloned().collect()
    }

    /// The entries after `seq`.
    #[must_use]
    pub fn entries_after(&self, seq: u64) -> Vec<Entry> {
        self.lock().after(seq).cloned().collect()
    }

    /// The next entries after `seq`, up to `last`, at most so many; of a leg and those dialled from it, or of all.
    pub(crate) fn part(&self, seq: u64, last: u64, most: usize, call_sid: Option<&str>) -> Vec<Entry> {
        let kept = self.lock();
        let wanted = |entry: &&Entry| call_sid.is_none_or(|call_sid| entry.concerns(call_sid));
        kept.after(seq).take_while(|entry| entry.seq <= last).filter(wanted).take(most).cloned().collect()
    }

    /// The newest `seq`.
    pub(crate) fn newest(&self) -> u64 {
        *self.shared.newest.borrow()
    }

    /// Waits for an entry, past or future.
    ///
    /// # Errors
    /// All entries, when none of them fits within `timeout`.
    pub async fn wait_for(
        &self,
        fits: impl Fn(&Entry) -> bool,
        timeout: Duration,
    ) -> Result<Entry, Vec<Entry>> {
        let mut newest = self.subscribe();
        let search = async {
            let mut seen = 0;
            loop {
                newest.borrow_and_update();
                for entry in self.entries_after(seen) {
                    if fits(&entry) {
                        return Some(entry);
                    }
                    seen = entry.seq;
                }
                if newest.changed().await.is_err() {
                    return None;
                }
            }
        };
        match tokio::time::timeout(timeout, search).await {
            Ok(Some(entry)) => Ok(entry),
            Ok(None) | Err(_) => Err(self.entries()),
        }
    }

    /// Changes with every new entry; holds the newest `seq`.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.shared.newest.subscribe()
    }

    /// Adds an entry.
    pub(crate) fn add(&self, at: Timestamp, call: Option<String>, parent: Option<String>, event: Event) {
        let mut kept = self.lock();
        let seq = *self.shared.newest.borrow() + 1;
        kept.bytes += event.weight();
        while kept.entries.len() >= CAPACITY || (kept.bytes > MOST_BYTES && !kept.entries.is_empty()) {
            kept.drop_oldest();
        }
        let known = call.as_ref().and_then(|call| kept.parents.get(call).cloned());
        if let (Some(call), Some(parent), None) = (&call, &parent, &known) {
            kept.parents.insert(call.clone(), parent.clone());
        }
        let parent_call_sid = parent.or(known);
        kept.entries.push_back(Entry { seq, at, call_sid: call, parent_call_sid, event });
        self.shared.newest.send_replace(seq);
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.shared.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(text: &str) -> Event {
        Event::CallStatus { status: text.into() }
    }

    #[tokio::test]
    async fn waits_for_what_happened_and_for_what_will() {
        let timeline = Timeline::default();
        timeline.add(Timestamp::UNIX_EPOCH, Some("CA1".into()), None, status("ringing"));
        let rings = |entry: &Entry| entry.event == status("ringing");
        assert_eq!(timeline.wait_for(rings, Duration::from_secs(5)).await.unwrap().seq, 1);

        let later = timeline.clone();
        let task = tokio::spawn(async move {
            later.wait_for(|entry| entry.event == status("completed"), Duration::from_secs(5)).await
        });
        timeline.add(Timestamp::UNIX_EPOCH, Some("CA2".into()), Some("CA1".into()), status("completed"));
        assert_eq!(task.await.unwrap().unwrap().seq, 2);
        assert_eq!(timeline.entries_of("CA1").len(), 2);
        assert_eq!(timeline.entries_of("CA2").len(), 1);

        let never = timeline.wait_for(|_| false, Duration::from_millis(1)).await;
        assert_eq!(never.unwrap_err().len(), 2);
    }

    #[test]
    fn large_entries_give_way_sooner() {
        let timeline = Timeline::default();
        let large = |n: u8| Event::SignalIn {
            socket: 1,
            identity: None,
            message: "x".into(),
            payload: serde_json::json!({ "deep": [{ "text": n.to_string().repeat(1024 * 1024) }] }),
        };
        for n in 0..200 {
            timeline.add(Timestamp::UNIX_EPOCH, None, None, large(n % 10));
        }
        assert!((20..64).contains(&timeline.entries().len()), "{}", timeline.entries().len());
        assert_eq!(timeline.entries().last().unwrap().seq, 200);
        timeline.add(Timestamp::UNIX_EPOCH, None, None, Event::Media { what: "y".repeat(2 * MOST_BYTES) });
        assert_eq!(timeline.entries().len(), 1, "the newest stays");
        for _ in 0..10 {
            timeline.add(Timestamp::UNIX_EPOCH, None, None, status("x"));
        }
        assert_eq!(timeline.part(201, 205, 100, None).len(), 4);
        assert_eq!(timeline.part(201, 300, 3, None).len(), 3);
    }

    #[test]
    fn a_dialled_leg_stays_with_its_call() {
        let timeline = Timeline::default();
        let sid = |text: &str| Some(text.to_owned());
        let created =
            Event::CallCreated { from: "a".into(), to: "b".into(), direction: "outbound-dial".into() };
        timeline.add(Timestamp::UNIX_EPOCH, sid("CA2"), sid("CA1"), created);
        timeline.add(Timestamp::UNIX_EPOCH, sid("CA2"), None, status("completed"));
        timeline.add(Timestamp::UNIX_EPOCH, sid("CA3"), None, status("completed"));
        assert_eq!(timeline.entries_of("CA1").len(), 2);
        for _ in 0..CAPACITY {
            timeline.add(Timestamp::UNIX_EPOCH, None, None, status("x"));
        }
        assert_eq!(timeline.entries().len(), CAPACITY);
        assert!(timeline.lock().parents.is_empty());
    }
}
