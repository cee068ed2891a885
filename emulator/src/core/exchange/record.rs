//! `<Record>`: a tone, then what the caller says, until it is silent, presses a key, has said enough or is gone.

use std::time::Duration;

use super::effect::MediaOp;
use super::state::Exchange;
use super::take::{Take, Then};
use crate::core::call::Running;
use crate::core::media::{Limits, MediaKey, Sound};
use crate::core::recordings::RecordingStatus;
use crate::core::timeline::Event;
use crate::core::twiml::{Record, RecordingCallback};
use crate::core::webhook::{inbound, recording_callback, resolve};

/// The SDK's calls are recorded no longer than this.
const LONGEST_OF_BROWSERS: Duration = Duration::from_secs(600);

impl Exchange {
    pub(super) fn record(&mut self, sid: &str, mut verb: Record) {
        let Some(leg) = self.legs.get_mut(sid) else { return };
        let is_client = leg.is_client();
        let Some(script) = &mut leg.script else { return };
        let base = script.url.clone();
        let Some(action) = self.action_of(sid, "Record", verb.action.as_deref()) else { return };
        verb.action = Some(action);
        if is_client {
            verb.max_length = verb.max_length.min(LONGEST_OF_BROWSERS);
        }
        if let Some(callback) = verb.callback.take() {
            match resolve(&base, &callback.url) {
                Ok(url) => verb.callback = Some(RecordingCallback { url, ..callback }),
                Err(reason) => {
                    let message =
                        format!("<Record>: invalid recordingStatusCallback, nobody is told: {reason}");
                    self.fault(Some(sid), 13256, message);
                }
            }
        }
        verb.transcribe_callback = verb.transcribe_callback.and_then(|url| self.absolute(sid, &base, &url));
        let first = if verb.play_beep { Sound::beep() } else { Sound::moment() };
        if let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) {
            script.record = Some(verb);
        }
        self.sound(sid, first, 0, false);
    }

    /// The absolute URL of an action; without one that is the document's own. A call without either has failed.
    pub(super) fn action_of(&mut self, sid: &str, verb: &str, action: Option<&str>) -> Option<String> {
        let base = self.legs.get(sid)?.script.as_ref()?.url.clone();
        match resolve(&base, action.unwrap_or(&base)) {
            Ok(url) => Some(url),
            Err(reason) => {
                self.fault(Some(sid), 11100, format!("<{verb}>: invalid URL of the action: {reason}"));
                self.apologise(sid);
                None
            }
        }
    }

    /// The tone was heard.
    pub(super) fn begin_recording(&mut self, sid: &str, verb: Record) {
        let recording = self.ids.sid("RE");
        let Some(leg) = self.legs.get_mut(sid) else { return };
        let (Some(media), Some(script)) = (leg.media, &mut leg.script) else { return };
        let step = script.set(Running::Recording(media));
        let limits = Limits { silence: verb.timeout, longest: verb.max_length };
        self.recordings.begin(&recording, sid, self.now);
        self.media_op(media, MediaOp::Record(limits));
        let take = Take { recording, sid: sid.to_owned(), step, verb, then: Then::GoOn(None) };
        self.recording_changed(&take);
        self.takes.insert(media, take);
    }

    /// The recording that a leg's document waits for.
    fn recorder_of(&self, sid: &str) -> Option<MediaKey> {
        match self.legs.get(sid)?.script.as_ref()?.running {
            Running::Recording(media) => Some(media),
            _ => None,
        }
    }

    /// Whether a key is for the recording: nobody else hears it then.
    pub(super) fn heard_by_recording(&mut self, sid: &str, key: char) -> bool {
        let Some(media) = self.recorder_of(sid) else { return false };
        if let Some(take) = self.takes.get_mut(&media)
            && take.verb.finish_on_key.contains(key)
            && matches!(take.then, Then::GoOn(None))
        {
            take.then = Then::GoOn(Some(key));
            self.media_op(media, MediaOp::StopRecording);
        }
        true
    }

    /// The leg has ended.
    pub(super) fn recording_hung_up(&mut self, sid: &str) {
        let Some(media) = self.recorder_of(sid) else { return };
        let Some(leg) = self.legs.get(sid) else { return };
        let params = inbound(&self.account, leg, false);
        if let Some(take) = self.takes.get_mut(&media) {
            take.then = Then::HungUp(params);
            self.media_op(media, MediaOp::StopRecording);
        }
    }

    /// The leg does something else; what was said until now is kept.
    pub(super) fn abandon_recording(&mut self, sid: &str) {
        let Some(media) = self.recorder_of(sid) else { return };
        if let Some(take) = self.takes.get_mut(&media) {
            take.then = Then::Nothing;
            self.media_op(media, MediaOp::StopRecording);
        }
    }

    /// Notes where a recording stands, and tells whoever asked for it.
    pub(super) fn recording_changed(&mut self, take: &Take) {
        let Some(recording) = self.recordings.get(&take.recording) else { return };
        let status = recording.status;
        let event = Event::Recording { recording: take.recording.clone(), status: status.as_str().into() };
        let params = recording_callback(&self.account, recording);
        self.note(Some(&take.sid), event);
        let Some(callback) = &take.verb.callback else { return };
        let wanted = match status {
            RecordingStatus::InProgress => callback.in_progress,
            RecordingStatus::Processing => false,
            RecordingStatus::Completed => callback.completed,
            RecordingStatus::Absent => callback.absent,
        };
        if wanted {
            self.report(&take.sid, "", &callback.url, callback.method, params);
        }
    }
}
