use serde::{Deserialize, Serialize};
use shared::Key;

use super::keys::KEY_MS;

/// A comma, as on mobile phones.
const PAUSE_MS: u64 = 2_000;

/// Keys that are sent by themselves once the call is open: `,,12#`. A comma waits, a semicolon waits for the user.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Sequence {
    /// Digits, `*`, `#`, `,` and `;`: all are one byte.
    keys: String,
    /// How many are done.
    done: usize,
    /// When the next may be done.
    due_ms: u64,
    /// Stopped by the user.
    stopped: bool,
}

impl Sequence {
    pub fn new(keys: String) -> Self {
        Self { keys, ..Self::default() }
    }

    /// All of it, for calling again.
    pub fn keys(&self) -> &str {
        &self.keys
    }

    /// What is done, and what will be.
    pub fn parts(&self) -> (&str, &str) {
        self.keys.split_at_checked(self.done).unwrap_or((&self.keys, ""))
    }

    /// Something is still to be sent.
    pub fn is_pending(&self) -> bool {
        !self.stopped && self.done < self.keys.len()
    }

    /// Waits for the user.
    pub fn is_asking(&self) -> bool {
        self.is_pending() && self.parts().1.starts_with(';')
    }

    /// The key to send now, if there is one.
    pub(super) fn next(&mut self, now_ms: u64) -> Option<Key> {
        while self.is_pending() && now_ms >= self.due_ms {
            let sign = self.parts().1.chars().next()?;
            if sign == ';' {
                return None;
            }
            self.done += 1;
            if sign == ',' {
                // Time may be looked at late: the pause began with the end of the last key.
                let since_ms = if self.due_ms == 0 { now_ms } else { self.due_ms };
                self.due_ms = since_ms + PAUSE_MS;
            } else {
                self.due_ms = now_ms + KEY_MS;
                return Key::from_char(sign);
            }
        }
        None
    }

    /// Goes on at once: over the pauses that are next.
    pub(super) fn skip(&mut self) {
        self.due_ms = 0;
        self.done += self.parts().1.bytes().take_while(|sign| matches!(sign, b',' | b';')).count();
    }

    /// Sends no more.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn sent(sequence: &mut Sequence, until_ms: u64) -> Vec<(u64, char)> {
        (0..=until_ms)
            .step_by(100)
            .filter_map(|now| sequence.next(now).map(|key| (now, key.to_char())))
            .collect()
    }

    #[test]
    fn keys_go_one_by_one_behind_their_pauses() {
        let mut sequence = Sequence::new(",12,,#".to_owned());
        assert_eq!(sent(&mut sequence, 10_000), [(2_000, '1'), (2_300, '2'), (6_600, '#')]);
        assert!(!sequence.is_pending());
        assert_eq!(sequence.keys(), ",12,,#");
    }

    #[test]
    fn the_user_lets_it_go_on_or_stops_it() {
        let mut sequence = Sequence::new("1;2,,3".to_owned());
        assert_eq!(sent(&mut sequence, 60_000), [(0, '1')]);
        assert!(sequence.is_asking());
        assert_eq!(sequence.parts(), ("1", ";2,,3"));
        sequence.skip();
        assert!(!sequence.is_asking());
        assert_eq!(sent(&mut sequence, 1_000), [(0, '2')]);
        sequence.skip();
        assert_eq!(sequence.next(1_001), Key::from_char('3'));
        assert!(!sequence.is_pending());

        let mut stopped = Sequence::new("12".to_owned());
        stopped.stop();
        assert_eq!(sent(&mut stopped, 1_000), []);
        assert!(!stopped.is_pending());
    }
}
