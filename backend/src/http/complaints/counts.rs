//! Complaints that strangers can bring about as often as they like: the first of a kind is told in full, the next ones are
//! counted, so that nobody fills the log. Time is an argument.

use std::{collections::BTreeMap, time::Duration};

/// How often counts are told.
pub(crate) const INTERVAL: Duration = Duration::from_secs(60);
/// Kinds beyond so many are counted together. There are a few dozen.
const MOST_KINDS: usize = 500;

/// What has been told and what has not, by kind.
pub(crate) struct Complaints<K> {
    kinds: BTreeMap<K, Count>,
    /// Of further kinds.
    others: u64,
}

struct Count {
    /// When it was told last, in full or as a count.
    told_at: Duration,
    untold: u64,
}

impl<K> Default for Complaints<K> {
    fn default() -> Self {
        Self { kinds: BTreeMap::new(), others: 0 }
    }
}

impl<K: Clone + Ord> Complaints<K> {
    /// Whether to tell this one in full; otherwise it is counted. `now` is the time since any fixed moment.
    pub(crate) fn tell(&mut self, kind: K, now: Duration) -> bool {
        if let Some(count) = self.kinds.get_mut(&kind) {
            count.untold += 1;
            return false;
        }
        if self.kinds.len() >= MOST_KINDS {
            self.others += 1;
            return false;
        }
        self.kinds.insert(kind, Count { told_at: now, untold: 0 });
        true
    }

    /// How many of each kind came since it was told last, where that is an interval ago; `None` is the kinds that are too
    /// many. Of a kind that was quiet for an interval the next one is told in full again.
    pub(crate) fn due(&mut self, now: Duration) -> Vec<(Option<K>, u64)> {
        self.counts(now, INTERVAL)
    }

    /// The same before the end, for all.
    pub(crate) fn rest(&mut self) -> Vec<(Option<K>, u64)> {
        self.counts(Duration::MAX, Duration::ZERO)
    }

    fn counts(&mut self, now: Duration, age: Duration) -> Vec<(Option<K>, u64)> {
        let mut counts = Vec::new();
        self.kinds.retain(|kind, count| {
            if now.saturating_sub(count.told_at) < age {
                return true;
            }
            let untold = std::mem::take(&mut count.untold);
            if untold == 0 {
                return false;
            }
            counts.push((Some(kind.clone()), untold));
            count.told_at = now;
            true
        });
        let others = std::mem::take(&mut self.others);
        counts.extend((others > 0).then_some((None, others)));
        counts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn the_first_is_told_and_the_next_are_counted() {
        let mut complaints = Complaints::default();
        assert!(complaints.tell("forged", at(0)));
        assert!(complaints.tell("crowded", at(10)));
        for second in 1..60 {
            assert!(!complaints.tell("forged", at(second)));
            assert_eq!(complaints.due(at(second)), []);
        }
        assert_eq!(complaints.due(at(60)), [(Some("forged"), 59)]);
        // It goes on, and is not told in full again.
        assert!(!complaints.tell("forged", at(61)));
        assert_eq!(complaints.due(at(119)), []);
        assert_eq!(complaints.due(at(120)), [(Some("forged"), 1)]);
        // Quiet for an interval.
        assert_eq!(complaints.due(at(180)), []);
        assert!(complaints.tell("forged", at(181)));
        assert!(!complaints.tell("forged", at(182)));
        assert_eq!(complaints.rest(), [(Some("forged"), 1)]);
    }

    #[test]
    fn more_kinds_than_there_are_cost_no_memory() {
        let mut complaints = Complaints::default();
        let told = (0..10_000).filter(|kind| complaints.tell(*kind, at(1))).count();
        assert_eq!((told, complaints.kinds.len()), (MOST_KINDS, MOST_KINDS));
        assert_eq!(complaints.due(at(2)), [(None, 9_500)]);
    }

    proptest! {
        /// Nothing is lost: what was told in full and the counts are all there were.
        #[test]
        fn every_complaint_is_told_or_counted(steps in prop::collection::vec((0_u8..4, 0_u64..50), 0..200)) {
            let (mut complaints, mut now, mut told) = (Complaints::default(), 0, 0);
            for (kind, step) in &steps {
                now += step;
                told += u64::from(complaints.tell(*kind, at(now)));
                told += complaints.due(at(now)).iter().map(|(_, count)| count).sum::<u64>();
            }
            told += complaints.rest().iter().map(|(_, count)| count).sum::<u64>();
            prop_assert_eq!(told, steps.len() as u64);
        }
    }
}
