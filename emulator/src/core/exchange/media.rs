//! What the media engine says.

use super::input::MediaInput;
use super::state::Exchange;
use crate::core::call::CallStatus;
use crate::core::media::MediaKey;
use crate::core::timeline::Event;

impl Exchange {
    pub(super) fn media_event(&mut self, key: MediaKey, what: MediaInput) {
        let what = match what {
            // Of a party that may be gone.
            MediaInput::Recorded(recorded) => return self.recorded(key, &recorded),
            other => other,
        };
        // Late words about audio that was closed meanwhile.
        let Some(sid) = self.media.get(&key).cloned() else { return };
        match what {
            MediaInput::Answer(result) => self.offer_accepted(&sid, result),
            MediaInput::Offer(result) => self.offer_made(&sid, key, result),
            MediaInput::Accepted(result) => self.answer_checked(&sid, key, result),
            MediaInput::Restarted(result) => self.ice_restarted(&sid, result),
            MediaInput::Connected => {
                self.note(Some(&sid), Event::Media { what: "connected".into() });
                self.connected.insert(key);
                self.start_sound(&sid, key);
            }
            MediaInput::Disconnected => {
                self.note(Some(&sid), Event::Media { what: "no network path at the moment".into() });
            }
            MediaInput::Failed(reason) => self.media_failed(&sid, key, &reason),
            MediaInput::Key(digit) => self.key_pressed(&sid, digit, "rtp"),
            MediaInput::SoundEnded => self.sound_ended(&sid, key),
            MediaInput::SaidEnded => self.said_ended(&sid, key),
            // Dealt with above.
            MediaInput::Recorded(_) => {}
        }
    }

    fn media_failed(&mut self, sid: &str, key: MediaKey, reason: &str) {
        self.note(Some(sid), Event::Media { what: format!("failed: {reason}") });
        if self.legs.get(sid).is_some_and(|leg| leg.is_answered() && leg.media == Some(key)) {
            let error = (53405, format!("Media connection failed: {reason}"));
            self.fault(Some(sid), error.0, error.1.clone());
            self.end_leg(sid, CallStatus::Completed, Some(error), false);
        }
    }

    /// After keys were pressed the phone says again what it said before.
    fn said_ended(&mut self, sid: &str, key: MediaKey) {
        let Some(phone) = self.legs.get_mut(sid).and_then(|leg| leg.phone_mut()) else { return };
        if std::mem::replace(&mut phone.pressing, false) {
            let mouth = phone.mouth.clone();
            self.media_op(key, crate::core::exchange::effect::MediaOp::Say(mouth));
        }
    }
}
