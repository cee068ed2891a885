/// A peak of this much, of 128, is somebody who speaks near the microphone, and not a room.
const VOICE: u8 = 10;
/// So many of the last eight looks must have heard a voice: about a second of two.
const HEARD: u32 = 4;
/// How long the hint stays.
const SHOWN_MS: u64 = 6_000;
/// Who goes on speaking to others beside them is not told again before this.
const PAUSE_MS: u64 = 60_000;

/// Notices that the user speaks while muted. Fed about four times a second.
#[derive(Clone, Debug, Default)]
pub(super) struct MutedVoice {
    /// One bit for each of the last eight looks.
    heard: u8,
    told_at_ms: Option<u64>,
}

impl MutedVoice {
    /// The peak since the last look, 0 to 128.
    pub(super) fn hear(&mut self, peak: u8, now_ms: u64) {
        self.heard = self.heard << 1 | u8::from(peak >= VOICE);
        let quiet = self.told_at_ms.is_some_and(|told| now_ms.saturating_sub(told) < PAUSE_MS);
        if self.heard.count_ones() >= HEARD && !quiet {
            self.told_at_ms = Some(now_ms);
        }
    }

    /// Whether to tell the user.
    pub(super) fn tells(&self, now_ms: u64) -> bool {
        self.told_at_ms.is_some_and(|told| now_ms.saturating_sub(told) < SHOWN_MS)
    }
}
