//! Evens out the arrival times of a browser's packets.

use std::collections::VecDeque;

use super::frame::{FRAME, Frame};

/// Collected before the first sample is played: 60 ms.
const PREFILL: usize = 3 * FRAME;
/// More than this is never kept: 200 ms.
const LIMIT: usize = 10 * FRAME;
/// After so many empty frames the stream is taken to have stopped, and collects anew.
const STOPPED: u32 = 5;
/// The delay is looked at once a second.
const REVIEW: u32 = 50;

/// Samples from the network, waiting for their frame.
///
/// A late packet is not thrown away: it lengthens the delay by what was missing. When the delay has stayed
/// longer than needed for a second, one frame is cut out.
#[derive(Debug, Default)]
pub(super) struct Playout {
    waiting: VecDeque<i16>,
    newest: Option<(u32, u64)>,
    playing: bool,
    empty: u32,
    reviewed: u32,
    least: usize,
}

impl Playout {
    /// Takes a packet of the RTP stream `source`. A repeated packet, or one that comes after its successor, is
    /// dropped; a new source counts its packets anew.
    pub(super) fn push(&mut self, source: u32, sequence: u64, samples: impl IntoIterator<Item = i16>) {
        if self.newest.is_some_and(|(of, newest)| of == source && sequence <= newest) {
            return;
        }
        self.newest = Some((source, sequence));
        self.waiting.extend(samples);
        if self.waiting.len() > LIMIT {
            self.waiting.drain(..self.waiting.len() - PREFILL);
        }
    }

    /// The next 20 ms, silence where nothing has arrived.
    pub(super) fn pop(&mut self) -> Frame {
        let mut frame = [0; FRAME];
        if !self.playing && self.waiting.len() < PREFILL {
            return frame;
        }
        if !self.playing {
            (self.playing, self.empty, self.reviewed, self.least) = (true, 0, 0, usize::MAX);
        }
        let taken = self.waiting.len().min(FRAME);
        for (to, from) in frame.iter_mut().zip(self.waiting.drain(..taken)) {
            *to = from;
        }
        self.empty = if taken == 0 { self.empty + 1 } else { 0 };
        self.playing = self.empty < STOPPED;
        self.review();
        frame
    }

    fn review(&mut self) {
        self.least = self.least.min(self.waiting.len());
        self.reviewed += 1;
        if self.reviewed == REVIEW {
            if self.least >= PREFILL {
                self.waiting.drain(..FRAME);
            }
            (self.reviewed, self.least) = (0, usize::MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(n: u64) -> [i16; FRAME] {
        [n as i16; FRAME]
    }

    fn started(packets: u64) -> Playout {
        let mut playout = Playout::default();
        for n in 1..=packets {
            playout.push(7, n, packet(n));
        }
        playout
    }

    #[test]
    fn waits_for_sixty_milliseconds_and_then_loses_nothing() {
        let mut playout = started(2);
        assert_eq!(playout.pop(), [0; FRAME]);
        playout.push(7, 3, packet(3));
        for n in 1..=20 {
            assert_eq!(playout.pop()[0], n as i16);
            playout.push(7, n + 3, packet(n + 3));
        }
    }

    #[test]
    fn repeated_and_overtaken_packets_are_dropped() {
        let mut playout = started(4);
        playout.push(7, 4, packet(99));
        playout.push(7, 2, packet(98));
        playout.push(8, 1, packet(5));
        assert_eq!((0..6).map(|_| playout.pop()[0]).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 0]);
    }

    #[test]
    fn a_burst_does_not_become_a_delay_for_ever() {
        let mut playout = started(200);
        assert!(playout.waiting.len() <= LIMIT);
        let before = playout.waiting.len();
        for n in 201..2000 {
            playout.pop();
            playout.push(7, n, packet(n));
        }
        assert!(playout.waiting.len() <= before && playout.waiting.len() <= PREFILL + FRAME);
    }

    #[test]
    fn a_stream_that_stopped_is_collected_anew() {
        let mut playout = started(3);
        for _ in 0..3 + STOPPED {
            playout.pop();
        }
        playout.push(7, 10, packet(10));
        assert_eq!(playout.pop()[0], 0);
        playout.push(7, 11, packet(11));
        playout.push(7, 12, packet(12));
        assert_eq!(playout.pop()[0], 10);
    }
}
