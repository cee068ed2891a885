use std::sync::Arc;

use super::desk::{LINE, OUTSIDE, TestDesk, param};
use super::rest::ask_for;
use crate::core::exchange::effect::{Effect, MediaOp, Timer};
use crate::core::exchange::input::{Input, MediaInput, PhoneCommand};
use crate::core::media::{Ended, Hears, MediaKey, Recorded};
use crate::core::webhook::Request;

/// A phone has called, heard the tone, and is recorded: its leg and its audio.
fn recording(desk: &mut TestDesk, record: &str) -> (String, MediaKey) {
    desk.put(Input::Phone(PhoneCommand::Dial { request: 1, number: OUTSIDE.into(), to: LINE.into() }));
    let sid = desk.take(|effect| match effect {
        Effect::Dialled { result, .. } => result.clone().ok(),
        _ => None,
    });
    desk.twiml(record);
    let key = desk.media(|op| matches!(op, MediaOp::Hear(Hears::Sound(_))));
    desk.media_says(key, MediaInput::SoundEnded);
    assert_eq!(desk.media(|op| matches!(op, MediaOp::Record(_))), key);
    (sid, key)
}

fn speaks(desk: &mut TestDesk, key: MediaKey, seconds: usize, ended: Ended) {
    let samples: Arc<[i16]> = [vec![0; 8000], vec![9000; (seconds - 1) * 8000]].concat().into();
    desk.media_says(key, MediaInput::Recorded(Recorded { samples, ended }));
}

fn ready(desk: &mut TestDesk) {
    desk.ring_out(|timer| matches!(timer, Timer::RecordingReady { .. }));
}

fn asks_nothing(desk: &mut TestDesk) {
    assert!(desk.requests().is_empty(), "{:#?}", desk.requests());
}

fn is_for(request: &Request, url: &str, names: &[(&str, &str)]) {
    assert_eq!(request.url, url);
    for (name, value) in names {
        assert_eq!(param(request, name), *value, "{name} of {request:#?}");
    }
}

const ALL: &str = "<Record action=\"/a\" recordingStatusCallback=\"/r#rc=3\" \
                   recordingStatusCallbackEvent=\"in-progress completed absent\"/><Say>next</Say>";

#[test]
fn the_action_is_asked_before_the_recording_can_be_heard() {
    let mut desk = TestDesk::new();
    let (sid, key) = recording(&mut desk, ALL);
    let begins = desk.request();
    is_for(&begins, "http://app/r#rc=3", &[("RecordingStatus", "in-progress"), ("CallSid", &sid)]);
    let re = param(&begins, "RecordingSid");
    let url = format!(
        "https://api.twilio.com/2010-04-01/Accounts/{}/Recordings/{re}",
        param(&begins, "AccountSid")
    );
    speaks(&mut desk, key, 8, Ended::Silence);
    let action = desk.twiml("<Hangup/>");
    is_for(
        &action,
        "http://app/a",
        &[
            ("RecordingSid", &re),
            ("RecordingUrl", &url),
            ("RecordingDuration", "8"),
            ("CallStatus", "in-progress"),
        ],
    );
    assert!(action.params.iter().all(|(name, _)| name != "Digits"));
    let file =
        |desk: &mut TestDesk, ending: &str| ask_for(desk, "GET", &format!("/Recordings/{re}{ending}")).status;
    assert_eq!((file(&mut desk, ".wav"), file(&mut desk, ".json")), (404, 200));
    ready(&mut desk);
    // The second of silence is cut off now.
    let told = [
        ("RecordingStatus", "completed"),
        ("RecordingDuration", "7"),
        ("RecordingChannels", "1"),
        ("RecordingSource", "RecordVerb"),
        ("RecordingStartTime", "Thu, 01 Jan 1970 00:16:40 +0000"),
    ];
    is_for(&desk.request(), "http://app/r#rc=3", &told);
    assert_eq!((file(&mut desk, ".wav"), file(&mut desk, "")), (200, 200));
    assert_eq!(file(&mut desk, ".mp3"), 501);
    let gone = ask_for(&mut desk, "DELETE", &format!("/Recordings/{re}.json"));
    assert_eq!((gone.status, file(&mut desk, ".wav"), file(&mut desk, ".json")), (204, 404, 404));
}

#[test]
fn a_key_ends_it_and_belongs_to_it() {
    let mut desk = TestDesk::new();
    let (sid, key) = recording(&mut desk, "<Record finishOnKey=\"#*\" trim=\"do-not-trim\"/>");
    let press = |keys: &str| Input::Phone(PhoneCommand::Press { sid: sid.clone(), keys: keys.into() });
    desk.put(press("1"));
    assert!(
        !desk.log.iter().any(|effect| matches!(effect, Effect::Media { op: MediaOp::StopRecording, .. }))
    );
    desk.put(press("*#"));
    desk.media(|op| *op == MediaOp::StopRecording);
    assert!(
        !desk.is_wanted(|effect| matches!(effect, Effect::Media { op: MediaOp::StopRecording, .. })),
        "once"
    );
    speaks(&mut desk, key, 3, Ended::Stopped);
    // Without an action the same document is asked again.
    is_for(&desk.request(), "http://app/in", &[("Digits", "*"), ("RecordingDuration", "3")]);
}

#[test]
fn who_hangs_up_is_recorded_until_then() {
    let mut desk = TestDesk::new();
    let (sid, key) = recording(&mut desk, ALL);
    desk.request();
    desk.put(Input::Phone(PhoneCommand::HangUp { sid: sid.clone() }));
    desk.media(|op| *op == MediaOp::StopRecording);
    assert!(desk.exchange.legs.is_empty());
    speaks(&mut desk, key, 4, Ended::Stopped);
    is_for(
        &desk.request(),
        "http://app/a",
        &[("Digits", "hangup"), ("CallStatus", "completed"), ("CallSid", &sid), ("RecordingDuration", "4")],
    );
    ready(&mut desk);
    is_for(
        &desk.request(),
        "http://app/r#rc=3",
        &[("RecordingStatus", "completed"), ("RecordingDuration", "3")],
    );
}

#[test]
fn a_recording_of_nothing_is_absent_and_the_next_verb_runs() {
    let mut desk = TestDesk::new();
    let (_, key) = recording(&mut desk, ALL);
    desk.request();
    desk.media_says(key, MediaInput::Recorded(Recorded::nothing()));
    let told = desk.request();
    is_for(&told, "http://app/r#rc=3", &[("RecordingStatus", "absent"), ("RecordingDuration", "")]);
    asks_nothing(&mut desk);
    desk.media(|op| matches!(op, MediaOp::Hear(Hears::Sound(_))));
    let re = param(&told, "RecordingSid");
    let body = ask_for(&mut desk, "GET", &format!("/Recordings/{re}.json")).body.unwrap();
    assert_eq!(body["status"], "absent");

    // One that is lost looks the same.
    let mut desk = TestDesk::new();
    desk.put(Input::LoseRecordings(1));
    let (sid, key) = recording(&mut desk, ALL);
    desk.request();
    desk.put(Input::Phone(PhoneCommand::HangUp { sid }));
    speaks(&mut desk, key, 4, Ended::Stopped);
    is_for(&desk.request(), "http://app/r#rc=3", &[("RecordingStatus", "absent")]);
    asks_nothing(&mut desk);
}

#[test]
fn silence_is_a_recording_as_well() {
    let mut desk = TestDesk::new();
    let (_, key) = recording(&mut desk, ALL);
    desk.request();
    speaks(&mut desk, key, 1, Ended::Silence);
    is_for(&desk.request(), "http://app/a", &[("RecordingDuration", "1")]);
    ready(&mut desk);
    is_for(
        &desk.request(),
        "http://app/r#rc=3",
        &[("RecordingStatus", "completed"), ("RecordingDuration", "0")],
    );
}

#[test]
fn a_leg_that_is_led_elsewhere_keeps_what_it_said_and_asks_no_action() {
    let mut desk = TestDesk::new();
    let (sid, key) = recording(&mut desk, ALL);
    desk.request();
    let answer =
        super::rest::ask(&mut desk, "POST", &sid, &[("Twiml", "<Response><Pause/><Record/></Response>")]);
    assert_eq!(answer.status, 200);
    desk.media(|op| *op == MediaOp::StopRecording);
    speaks(&mut desk, key, 4, Ended::Stopped);
    asks_nothing(&mut desk);
    ready(&mut desk);
    is_for(&desk.request(), "http://app/r#rc=3", &[("RecordingStatus", "completed")]);
    // There is no document that could be asked again.
    desk.ring_out(|timer| matches!(timer, Timer::PauseEnds { .. }));
    desk.take(|effect| match effect {
        Effect::Note { event, .. } => (event.fault_code() == Some(11100)).then_some(()),
        _ => None,
    });
}

#[test]
fn recordings_are_listed_by_call_and_day() {
    let mut desk = TestDesk::new();
    let mut calls = Vec::new();
    for day in 0..3 {
        desk.now = 1000 + day * 86_400;
        let (sid, key) = recording(&mut desk, "<Record/>");
        desk.put(Input::Phone(PhoneCommand::HangUp { sid: sid.clone() }));
        speaks(&mut desk, key, 2, Ended::Stopped);
        ready(&mut desk);
        calls.push(sid);
        desk.requests();
    }
    let mut find = |path: &str| {
        let body = ask_for(&mut desk, "GET", path).body.unwrap();
        let list = body["recordings"].as_array().cloned().unwrap_or_default();
        list.iter()
            .map(|found| calls.iter().position(|sid| found["call_sid"] == sid.as_str()).unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(find("/Recordings.json"), [2, 1, 0]);
    assert_eq!(find(&format!("/Recordings.json?CallSid={}", calls[1])), [1]);
    assert_eq!(find(&format!("/Calls/{}/Recordings.json", calls[0])), [0]);
    assert_eq!(find("/Recordings.json?DateCreated=1970-01-02"), [1]);
    assert_eq!(find("/Recordings.json?DateCreated>=1970-01-02"), [2, 1]);
    assert_eq!(find("/Recordings.json?ConferenceSid=CF1"), Vec::<usize>::new());
    let body = ask_for(&mut desk, "GET", "/Recordings.json?DateCreated=soon");
    assert_eq!(body.status, 400);
    let mut legs = |path: &str| {
        let body = ask_for(&mut desk, "GET", path).body.unwrap();
        body["calls"].as_array().map(Vec::len)
    };
    assert_eq!(legs("/Calls.json"), Some(3));
    assert_eq!(legs("/Calls.json?Status=completed&From=%2B819059876543"), Some(3));
    assert_eq!(legs("/Calls.json?Status=busy"), Some(0));
    assert_eq!(legs("/Calls.json?StartTime<=1970-01-02"), Some(1));
    assert_eq!(legs("/Calls.json?EndTime>=1970-01-02&EndTime<=1970-01-03"), Some(1));
}
