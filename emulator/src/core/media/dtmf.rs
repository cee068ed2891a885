//! Keys: RFC 4733 telephone-events on the wire, ITU-T Q.23 tone pairs in the audio.

/// Packets without an end are closed after this many 20 ms frames of quiet: the three end packets were lost.
const QUIET_FRAMES: u32 = 15;
const KEYS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D'];

/// A key that was pressed and released.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Press {
    pub(super) key: char,
    pub(super) duration_ms: u32,
}

#[derive(Clone, Copy, Debug)]
struct Event {
    timestamp: u32,
    press: Press,
}

/// Makes one [`Press`] of the many packets of one telephone-event: all of them carry the RTP timestamp of its
/// beginning (RFC 4733 section 2.2.1), and the last is repeated.
#[derive(Debug, Default)]
pub(super) struct Detector {
    open: Option<Event>,
    last_timestamp: Option<u32>,
    quiet: u32,
}

impl Detector {
    /// Takes a packet; returns the presses that it completes: the one it ends, and before it one whose end
    /// was lost.
    pub(super) fn packet(&mut self, timestamp: u32, payload: &[u8]) -> Vec<Press> {
        let &[code, flags, high, low, ..] = payload else { return Vec::new() };
        // Not a key: flash, modem and line events.
        let Some(&key) = KEYS.get(usize::from(code)) else { return Vec::new() };
        let old = self.last_timestamp.is_some_and(|last| timestamp.wrapping_sub(last) as i32 <= 0);
        let continues = self.open.is_some_and(|event| event.timestamp == timestamp);
        if old && !continues {
            return Vec::new();
        }
        let lost_end = if continues { None } else { self.open.take().map(|event| event.press) };
        self.quiet = 0;
        self.last_timestamp = Some(timestamp);
        let duration_ms = u32::from(u16::from_be_bytes([high, low])) / 8;
        let press = Press { key, duration_ms };
        let ended = flags & 0x80 != 0;
        self.open = (!ended).then_some(Event { timestamp, press });
        lost_end.into_iter().chain(ended.then_some(press)).collect()
    }

    /// 20 ms have passed.
    pub(super) fn tick(&mut self) -> Option<Press> {
        self.open.as_ref()?;
        self.quiet += 1;
        if self.quiet < QUIET_FRAMES {
            return None;
        }
        self.open.take().map(|event| event.press)
    }
}

/// The low and the high frequency of a key, hertz (ITU-T Q.23).
pub(super) fn tones(key: char) -> Option<(f32, f32)> {
    const ROWS: [(&str, f32); 4] = [("123A", 697.0), ("456B", 770.0), ("789C", 852.0), ("*0#D", 941.0)];
    const COLUMNS: [f32; 4] = [1209.0, 1336.0, 1477.0, 1633.0];
    ROWS.iter().find_map(|(keys, low)| {
        let column = keys.chars().position(|k| k == key.to_ascii_uppercase())?;
        Some((*low, *COLUMNS.get(column)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(code: u8, end: bool, units: u16) -> [u8; 4] {
        let [high, low] = units.to_be_bytes();
        [code, if end { 0x8a } else { 0x0a }, high, low]
    }

    /// As Chromium sends it: growing durations, then the end three times.
    fn press(detector: &mut Detector, timestamp: u32, code: u8) -> Vec<Press> {
        let growing = (1..8).map(|n| report(code, false, n * 160));
        let ends = (0..3).map(|_| report(code, true, 1280));
        growing.chain(ends).flat_map(|payload| detector.packet(timestamp, &payload)).collect()
    }

    #[test]
    fn ten_packets_are_one_press() {
        let mut detector = Detector::default();
        assert_eq!(press(&mut detector, 1000, 5), [Press { key: '5', duration_ms: 160 }]);
    }

    #[test]
    fn the_same_key_twice_is_two_presses_also_over_the_wrap_of_the_timestamp() {
        let mut detector = Detector::default();
        let keys: Vec<char> = [(u32::MAX - 100, 1), (1500, 1), (3100, 10), (4700, 11)]
            .into_iter()
            .flat_map(|(timestamp, code)| press(&mut detector, timestamp, code))
            .map(|press| press.key)
            .collect();
        assert_eq!(keys, ['1', '1', '*', '#']);
    }

    #[test]
    fn a_press_whose_end_is_lost_still_counts_once_and_in_order() {
        let mut detector = Detector::default();
        assert!(detector.packet(0, &report(1, false, 800)).is_empty());
        let next = press(&mut detector, 2000, 2);
        assert_eq!(next.iter().map(|p| p.key).collect::<String>(), "12");

        assert!(detector.packet(4000, &report(3, false, 800)).is_empty());
        let ended: Vec<Press> = (0..100).filter_map(|_| detector.tick()).collect();
        assert_eq!(ended, [Press { key: '3', duration_ms: 100 }]);
        assert!(detector.packet(4000, &report(3, true, 900)).is_empty(), "the end came too late");
    }

    #[test]
    fn garbage_is_no_press() {
        let mut detector = Detector::default();
        for payload in [&[][..], &[1], &[1, 0x80, 0], &[16, 0x80, 1, 1], &[255, 255, 255, 255]] {
            assert!(detector.packet(1, payload).is_empty());
        }
    }

    #[test]
    fn the_tone_pairs_are_those_of_the_recommendation() {
        assert_eq!(tones('1'), Some((697.0, 1209.0)));
        assert_eq!(tones('0'), Some((941.0, 1336.0)));
        assert_eq!(tones('d'), Some((941.0, 1633.0)));
        assert_eq!(tones('w'), None);
    }
}
