//! The books of the recordings.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;

use crate::core::media::trimmed;

/// Bytes of sound that are kept; older recordings give way, as nobody's test needs them.
const MOST_BYTES: usize = 512 * 1024 * 1024;
/// Recordings that are kept.
const MOST: usize = 50_000;
/// Samples in a second.
const RATE: usize = 8000;

/// Where a recording stands (<https://www.twilio.com/docs/voice/api/recording>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordingStatus {
    /// It goes on.
    InProgress,
    /// It is over, and nobody can hear it yet.
    Processing,
    /// It can be heard.
    Completed,
    /// There was nothing to record, or it was lost.
    Absent,
}

impl RecordingStatus {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            RecordingStatus::InProgress => "in-progress",
            RecordingStatus::Processing => "processing",
            RecordingStatus::Completed => "completed",
            RecordingStatus::Absent => "absent",
        }
    }
}

/// One recording.
#[derive(Debug, Clone)]
pub struct Recording {
    /// `RE…`
    pub sid: String,
    /// The leg that it is of.
    pub call_sid: String,
    /// When it began.
    pub started: Timestamp,
    /// When it changed last.
    pub updated: Timestamp,
    /// Where it stands.
    pub status: RecordingStatus,
    /// 8 kHz; without the silence around it, if that was wanted.
    pub samples: Arc<[i16]>,
}

impl Recording {
    /// Its length in whole seconds.
    #[must_use]
    pub fn seconds(&self) -> usize {
        seconds(&self.samples)
    }
}

/// The length of a sound in whole seconds.
fn seconds(samples: &[i16]) -> usize {
    samples.len() / RATE
}

/// All recordings, in the order in which they began.
#[derive(Debug, Default)]
pub struct Recordings(VecDeque<Recording>);

impl Recordings {
    /// A recording begins.
    pub fn begin(&mut self, sid: &str, call_sid: &str, now: Timestamp) {
        self.0.push_back(Recording {
            sid: sid.to_owned(),
            call_sid: call_sid.to_owned(),
            started: now,
            updated: now,
            status: RecordingStatus::InProgress,
            samples: Arc::from([]),
        });
    }

    /// It is over. Gives its length in whole seconds, before anything of it is cut off; nothing when there was nothing
    /// to record or it is lost.
    pub fn end(&mut self, sid: &str, samples: &Arc<[i16]>, trims: bool, now: Timestamp) -> Option<usize> {
        let recording = self.0.iter_mut().find(|recording| recording.sid == sid)?;
        recording.updated = now;
        if samples.is_empty() {
            recording.status = RecordingStatus::Absent;
            return None;
        }
        recording.status = RecordingStatus::Processing;
        recording.samples = if trims { trimmed(samples).into() } else { Arc::clone(samples) };
        self.forget_oldest();
        Some(seconds(samples))
    }

    /// It can be heard from now on. `false` when it was deleted meanwhile.
    pub fn complete(&mut self, sid: &str, now: Timestamp) -> bool {
        let Some(recording) = self.0.iter_mut().find(|recording| recording.sid == sid) else { return false };
        recording.status = RecordingStatus::Completed;
        recording.updated = now;
        true
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, sid: &str) -> Option<&Recording> {
        self.0.iter().find(|recording| recording.sid == sid)
    }

    /// All of them, the newest first, as Twilio lists them.
    pub fn newest_first(&self) -> impl Iterator<Item = &Recording> {
        self.0.iter().rev()
    }

    /// Deletes one.
    pub fn delete(&mut self, sid: &str) {
        self.0.retain(|recording| recording.sid != sid);
    }

    fn forget_oldest(&mut self) {
        let bytes = |recording: &Recording| recording.samples.len() * 2;
        let mut all: usize = self.0.iter().map(bytes).sum();
        while (all > MOST_BYTES || self.0.len() > MOST) && self.0.len() > 1 {
            all -= self.0.pop_front().as_ref().map_or(0, bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_kept_as_a_recording_of_nothing_and_no_sound_at_all_is_absent() {
        let (mut recordings, now) = (Recordings::default(), Timestamp::UNIX_EPOCH);
        for (sid, samples, trims, expected) in [
            ("RE1", vec![], true, (None, RecordingStatus::Absent, 0)),
            ("RE2", vec![0; 40_000], true, (Some(5), RecordingStatus::Processing, 0)),
            ("RE3", vec![0; 40_000], false, (Some(5), RecordingStatus::Processing, 5)),
            (
                "RE4",
                [vec![0; 16_000], vec![9000; 24_000]].concat(),
                true,
                (Some(5), RecordingStatus::Processing, 3),
            ),
        ] {
            recordings.begin(sid, "CA1", now);
            let length = recordings.end(sid, &samples.into(), trims, now);
            let recording = recordings.get(sid).unwrap();
            assert_eq!((length, recording.status, recording.seconds()), expected, "{sid}");
        }
        assert!(recordings.complete("RE2", now));
        recordings.delete("RE2");
        assert!(!recordings.complete("RE2", now) && recordings.get("RE2").is_none());
        let left: Vec<&str> = recordings.newest_first().map(|recording| recording.sid.as_str()).collect();
        assert_eq!(left, ["RE4", "RE3", "RE1"]);
    }
}
