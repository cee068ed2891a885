//! Bad networks, for tests.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

/// What the network does to packets at the moment.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// Nothing arrives from browsers.
    pub(super) deaf: AtomicBool,
    /// Share of the audio towards browsers that gets lost, in percent.
    pub(super) loss_percent: AtomicU8,
    audio: AtomicU64,
}

impl Faults {
    /// Whether this packet to a browser gets lost. Only audio does: a call that cannot be set up would be another fault.
    /// Losses are spread evenly, so that a test finds the share it asked for.
    pub(super) fn loses(&self, packet: &[u8]) -> bool {
        let percent = u64::from(self.loss_percent.load(Ordering::Relaxed));
        if percent == 0 || !is_rtp(packet) {
            return false;
        }
        let count = self.audio.fetch_add(1, Ordering::Relaxed);
        (count + 1) * percent / 100 > count * percent / 100
    }
}

/// RTP beside STUN, DTLS and RTCP on one port: by the first two bytes (RFC 7983, and RFC 5761 for the payload types).
fn is_rtp(packet: &[u8]) -> bool {
    matches!(packet, [128..=191, kind, ..] if !(192..=223).contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_audio_is_lost_and_nothing_else() {
        let faults = Faults::default();
        let (rtp, rtcp, stun, dtls) = ([0x80, 0x80], [0x80, 200], [0x00, 0x01], [22, 0xfe]);
        let lost = |packet: &[u8]| (0..200).filter(|_| faults.loses(packet)).count();
        assert_eq!(lost(&rtp), 0);
        faults.loss_percent.store(15, Ordering::Relaxed);
        assert_eq!([lost(&rtp), lost(&rtcp), lost(&stun), lost(&dtls), lost(&[])], [30, 0, 0, 0, 0]);
        faults.loss_percent.store(100, Ordering::Relaxed);
        assert_eq!(lost(&rtp), 200);
    }
}
