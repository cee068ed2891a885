use shared::Key;

/// What the SDK needs for one key: 160 ms of tone and 70 ms of silence (its `lib/twilio/call.ts`, `insertDTMF`).
const KEY_MS: u64 = 230;

/// The keys pressed in a call, paced.
///
/// `RTCDTMFSender.insertDTMF` replaces what it has not played yet (W3C WebRTC, section 7): two keys pressed faster than
/// a tone lasts would be one key at the far end.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Keys {
    waiting: String,
    busy_until_ms: u64,
}

impl Keys {
    pub(super) fn press(&mut self, key: Key) {
        self.waiting.push(key.to_char());
    }

    /// What may be sent now.
    pub(super) fn take(&mut self, now_ms: u64) -> Option<String> {
        if self.waiting.is_empty() || now_ms < self.busy_until_ms {
            return None;
        }
        self.busy_until_ms = now_ms + KEY_MS * self.waiting.len() as u64;
        Some(std::mem::take(&mut self.waiting))
    }
}
