//! A recording is over, and later it can be heard.

use std::sync::Arc;

use super::effect::Timer;
use super::state::Exchange;
use super::take::{Take, Then};
use crate::core::media::{MediaKey, Recorded};
use crate::core::webhook::record_action;

impl Exchange {
    /// What was said, when the recording has ended for whatever reason. Twilio asks the action at once, before the
    /// recording can be heard, and not at all when there is none.
    pub(super) fn recorded(&mut self, media: MediaKey, recorded: &Recorded) {
        let Some(take) = self.takes.remove(&media) else { return };
        let lost = self.lost_recordings > 0 && !recorded.samples.is_empty();
        self.lost_recordings -= u32::from(lost);
        let samples = if lost { Arc::from([]) } else { Arc::clone(&recorded.samples) };
        let seconds = self.recordings.end(&take.recording, &samples, take.verb.trim, self.now);
        self.recording_changed(&take);
        self.after_recording(&take, seconds);
        if seconds.is_some() {
            let timer = Timer::RecordingReady { recording: take.recording.clone() };
            self.after(self.timing.recording_ready_after, timer);
            self.made.insert(take.recording.clone(), take);
        }
    }

    /// The call goes on. `seconds`: its length; nothing when there is no recording.
    fn after_recording(&mut self, take: &Take, seconds: Option<usize>) {
        let (sid, verb) = (&take.sid, &take.verb);
        let action = verb.action.clone().unwrap_or_default();
        let extra = |exchange: &Self, digits: Option<&str>| {
            seconds.map(|seconds| record_action(&exchange.account, &take.recording, seconds, digits))
        };
        match &take.then {
            Then::Nothing => {}
            Then::HungUp(params) => {
                if let Some(extra) = extra(self, Some("hangup")) {
                    let params = [params.as_slice(), &extra].concat();
                    self.report(sid, "", &action, verb.method, params);
                }
            }
            Then::GoOn(key) => {
                let script =
                    self.legs.get(sid).filter(|leg| leg.is_live()).and_then(|leg| leg.script.as_ref());
                if script.is_none_or(|script| script.step != take.step) {
                    return;
                }
                match extra(self, key.map(String::from).as_deref()) {
                    Some(extra) => self.fetch(sid, &action, verb.method, extra),
                    None => self.go_on(sid),
                }
            }
        }
    }

    /// From now on it can be heard, unless somebody deleted it already.
    pub(super) fn recording_ready(&mut self, recording: &str) {
        let Some(take) = self.made.remove(recording) else { return };
        if self.recordings.complete(recording, self.now) {
            self.recording_changed(&take);
        }
    }
}
