//! What a callee goes through between its answer and the conversation: keys (`sendDigits`), then a document of its own
//! (`url` of a noun). The caller goes on hearing what it heard.

use super::state::Exchange;
use crate::core::call::{CallStatus, Running, Script, Then};
use crate::core::media::Sound;
use crate::core::timeline::Event;

impl Exchange {
    /// Whether the callee has something to go through; it has begun then.
    pub(super) fn begin_prelude(&mut self, child: &str) -> bool {
        let Some(leg) = self.legs.get_mut(child) else { return false };
        let Some(prelude) = leg.prelude.take() else { return false };
        // What `url` is relative to was settled when the leg was made.
        let mut script = Script { then: Then::Connect, ..Script::new("") };
        script.whisper = prelude.whisper;
        leg.script = Some(script);
        match prelude.digits {
            Some(digits) => {
                let detail = format!("sendDigits {digits}");
                self.note(Some(child), Event::Verb { verb: "Number".into(), detail });
                self.sound(child, Sound::Dtmf(digits), 0, false);
            }
            None => self.go_on(child),
        }
        true
    }

    /// The callee has heard its keys, or its document to the end.
    pub(super) fn whisper_over(&mut self, child: &str) {
        let Some(leg) = self.legs.get_mut(child).filter(|leg| leg.is_live()) else { return };
        let Some(script) = &mut leg.script else { return };
        if let Some(whisper) = script.whisper.take() {
            return self.fetch(child, &whisper.url, whisper.method, Vec::new());
        }
        script.set(Running::Over);
        match leg.parent.clone() {
            Some(parent) => self.bridge(&parent, child),
            None => self.end_leg(child, CallStatus::Completed, None, false),
        }
    }
}
