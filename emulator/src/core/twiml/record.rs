//! `<Record>`.

use std::time::Duration;

use super::attributes::Attributes;
use crate::core::method::Method;

/// Longest recording when nothing is said: an hour.
const USUAL_LENGTH: u64 = 3600;
/// The same, and the most, of one that is transcribed: two minutes.
const TRANSCRIBED_LENGTH: u64 = 120;
/// Four hours, the longest call.
const MOST_LENGTH: u64 = 14_400;
/// Twilio's number for a wrong `finishOnKey`.
const FINISH_ON_KEY: u32 = 13613;

/// `<Record>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Asked for the next document; `None`: the current one again.
    pub action: Option<String>,
    /// How `action` is asked.
    pub method: Method,
    /// So much silence ends it.
    pub timeout: Duration,
    /// Each of these keys ends it.
    pub finish_on_key: String,
    /// So much in all ends it.
    pub max_length: Duration,
    /// The caller hears a tone first.
    pub play_beep: bool,
    /// Silence at both ends is cut off.
    pub trim: bool,
    /// Told how it goes.
    pub callback: Option<RecordingCallback>,
    /// It is to be written down.
    pub transcribe: bool,
    /// Told what was said.
    pub transcribe_callback: Option<String>,
}

/// `recordingStatusCallback` with its method and events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingCallback {
    /// As written.
    pub url: String,
    /// How it is called.
    pub method: Method,
    /// Told that it begins.
    pub in_progress: bool,
    /// Told that it can be heard.
    pub completed: bool,
    /// Told that there is none.
    pub absent: bool,
}

pub(super) fn record(attributes: &mut Attributes<'_>) -> Record {
    let transcribe = attributes.flag("transcribe", 13614);
    if transcribe {
        attributes.lacks("transcription is not emulated; nobody is told a text");
    }
    let mut max_length = attributes.number("maxLength", 13612, USUAL_LENGTH, 2, MOST_LENGTH);
    if transcribe && max_length > TRANSCRIBED_LENGTH {
        if max_length != USUAL_LENGTH {
            let message = format!(
                "maxLength=\"{max_length}\" is too high for transcription; it is {TRANSCRIBED_LENGTH} now"
            );
            attributes.complain(13615, message);
        }
        max_length = TRANSCRIBED_LENGTH;
    }
    let trim = attributes.word("trim", 13699, &["trim-silence", "do-not-trim"]);
    Record {
        action: attributes.url("action"),
        method: attributes.method("method", 13610),
        timeout: attributes.seconds("timeout", 13611, 5, 1, MOST_LENGTH),
        finish_on_key: attributes.keys("finishOnKey", FINISH_ON_KEY, "1234567890*#"),
        max_length: Duration::from_secs(max_length),
        play_beep: attributes.flag_or("playBeep", 13616, true),
        trim: trim.as_deref() != Some("do-not-trim"),
        callback: callback(attributes),
        transcribe,
        transcribe_callback: attributes.url("transcribeCallback"),
    }
}

fn callback(attributes: &mut Attributes<'_>) -> Option<RecordingCallback> {
    let url = attributes.url("recordingStatusCallback");
    let method = attributes.method("recordingStatusCallbackMethod", 13610);
    let events = attributes.text("recordingStatusCallbackEvent");
    let mut callback = RecordingCallback {
        url: url.clone()?,
        method,
        in_progress: false,
        completed: events.is_none(),
        absent: false,
    };
    for word in events.unwrap_or_default().split_whitespace() {
        match word {
            "in-progress" => callback.in_progress = true,
            "completed" => callback.completed = true,
            "absent" => callback.absent = true,
            other => {
                attributes.complain(13621, format!("recordingStatusCallbackEvent has no event {other}"));
            }
        }
    }
    Some(callback)
}

#[cfg(test)]
mod tests {
    use super::super::read::read;
    use super::*;

    #[test]
    fn reads_a_recording() {
        let read = |text: &str| {
            let mut element = read(text).unwrap();
            let mut warnings = Vec::new();
            let mut attributes = Attributes::of(&mut element, &mut warnings);
            let record = record(&mut attributes);
            attributes.finish();
            // Only the text of a transcription is lacking.
            assert!(warnings.iter().all(|warning| warning.code.is_none()), "{warnings:?}");
            record
        };
        let usual = Record {
            action: None,
            method: Method::Post,
            timeout: Duration::from_secs(5),
            finish_on_key: "1234567890*#".into(),
            max_length: Duration::from_secs(3600),
            play_beep: true,
            trim: true,
            callback: None,
            transcribe: false,
            transcribe_callback: None,
        };
        assert_eq!(read("<Record/>"), usual);
        let callback = RecordingCallback {
            url: "/r#rc=3".into(),
            method: Method::Get,
            in_progress: true,
            completed: false,
            absent: true,
        };
        let all = "<Record action=\"/a\" method=\"GET\" timeout=\"3\" finishOnKey=\"\" transcribe=\"true\" playBeep=\"false\" \
                   trim=\"do-not-trim\" recordingStatusCallback=\"/r#rc=3\" recordingStatusCallbackMethod=\"GET\" \
                   recordingStatusCallbackEvent=\"in-progress absent\" transcribeCallback=\"/t\"/>";
        let expected = Record {
            action: Some("/a".into()),
            method: Method::Get,
            timeout: Duration::from_secs(3),
            finish_on_key: String::new(),
            // No longer than what is transcribed.
            max_length: Duration::from_secs(120),
            play_beep: false,
            trim: false,
            callback: Some(callback),
            transcribe: true,
            transcribe_callback: Some("/t".into()),
        };
        assert_eq!(read(all), expected);
    }
}
