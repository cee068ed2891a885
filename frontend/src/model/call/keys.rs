use shared::Key;

/// From one key to the next. The SDK asks for 160 ms of tone and 70 ms of silence (its `lib/twilio/call.ts`, `insertDTMF`), and
/// Chromium puts some more silence between two tones: 300 ms from tone to tone at the far end.
pub const KEY_MS: u64 = 300;

/// The keys pressed in a call, paced.
///
/// `RTCDTMFSender.insertDTMF` replaces what it has not played yet (W3C WebRTC, section 7): two keys pressed faster than
/// a tone lasts would be one key at the far end. One key at a time: on a busy machine each tone begins a little late, and
/// what is late adds up over many.
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
        self.busy_until_ms = now_ms + KEY_MS;
        Some(self.waiting.remove(0).to_string())
    }
}
