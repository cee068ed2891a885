use shared::PhoneNumber;
use shared::api::{CallOutcome, Refusal};

use super::*;
use crate::model::audio::Trouble;
use crate::model::quality::Measure;
use crate::model::{Call, CallEvent, CallMachine, CallSource, Leg, LegEvent, Outgoing, Wish};

const LEG: Leg = Leg(1);

fn leg(event: LegEvent) -> CallEvent {
    CallEvent::Leg { leg: LEG, event }
}

fn outcome(outcome: CallOutcome) -> CallEvent {
    CallEvent::Outcome { leg: LEG, outcome: Some(outcome) }
}

fn incoming() -> CallEvent {
    let from = CallSource::from_wire("+815012345678");
    CallEvent::Incoming { leg: LEG, sid: "CA1".to_owned(), from, attestation: None }
}

/// The call after each of the events.
fn through(events: impl IntoIterator<Item = CallEvent>) -> Vec<Call> {
    let mut machine = CallMachine::default();
    let after = |event| {
        machine.on(event, 0);
        machine.call().cloned()
    };
    events.into_iter().filter_map(after).collect()
}

fn dial() -> CallEvent {
    let to = PhoneNumber::from_e164("+14155550123").unwrap();
    let call = Outgoing { to, attempt: "attempt".to_owned(), then: String::new() };
    CallEvent::Dial { leg: LEG, call }
}

#[test]
fn nothing_is_announced_twice() {
    let calls = through([
        dial(),
        leg(LegEvent::Ringing { sid: None }),
        leg(LegEvent::Accepted { sid: None }),
        // The button tells that it is pressed.
        CallEvent::Wish(Wish::ToggleMute),
        leg(LegEvent::Disconnected),
        outcome(CallOutcome::Completed),
    ]);
    let mut said: Vec<_> = calls.iter().map(announcement).collect();
    said.dedup();
    assert_eq!(said, ["Calling…", "Ringing…", "In call", "Call ended."]);
}

/// How the call's end is told after these events.
fn words<const N: usize>(events: [CallEvent; N]) -> (&'static str, String) {
    let call = through(events).pop().unwrap();
    end_reason(call.reason.as_ref().unwrap(), &call)
}

#[test]
fn a_call_that_was_answered_and_ended_before_there_was_sound_is_not_called_missed() {
    for told in [CallOutcome::Canceled, CallOutcome::NoAnswer, CallOutcome::Busy, CallOutcome::Completed] {
        let hung_up =
            [incoming(), CallEvent::Wish(Wish::Answer), CallEvent::Wish(Wish::HangUp), outcome(told)];
        assert_eq!(words(hung_up), ("Call ended", String::new()));
    }
    for told in [CallOutcome::Canceled, CallOutcome::NoAnswer, CallOutcome::Failed] {
        let gone = [incoming(), CallEvent::Wish(Wish::Answer), leg(LegEvent::Disconnected), outcome(told)];
        let advice = "The caller was gone before you were connected.".to_owned();
        assert_eq!(words(gone), ("Call ended", advice));
    }
    // The answer came too late: the caller, or another device, was faster.
    let late =
        [incoming(), CallEvent::Wish(Wish::Answer), leg(LegEvent::Canceled), outcome(CallOutcome::Canceled)];
    assert_eq!(words(late).0, "Missed call");
}

/// To the SDK, every microphone that does not open is one in use.
#[test]
fn a_browser_without_microphones_is_not_told_to_close_programs() {
    let failed = |trouble| {
        let error = LegEvent::Error { code: 31402, closed: true };
        words([dial(), leg(LegEvent::Microphone(Some(trouble))), leg(error)]).1
    };
    for (trouble, advice) in [(Trouble::Insecure, "https"), (Trouble::Unable, "This browser cannot")] {
        assert!(failed(trouble).contains(advice), "{}", failed(trouble));
        let told = audio_trouble(trouble, "");
        assert!(told.contains(advice) && !told.contains("another program"), "{told}");
        assert_eq!(audio_trouble_cure(trouble), None, "{trouble:?}");
    }
    assert!(failed(Trouble::Taken).contains("close other programs"));
    assert!(failed(Trouble::Denied).contains("may not use the microphone"));
}

#[test]
fn a_question_of_the_browser_is_told_with_what_answers_it() {
    for trouble in [Trouble::Asked, Trouble::AskedElsewhere, Trouble::Slow] {
        assert!(audio_trouble(trouble, "").contains("allow it"), "{trouble:?}");
        assert_eq!(audio_trouble_cure(trouble), None, "{trouble:?}: only the answer helps");
    }
}

#[test]
fn every_figure_has_words() {
    for measure in Measure::ALL {
        for value in [0, 1, 9, 10, 4_294, u16::MAX] {
            assert!(!figure(measure, value).is_empty());
        }
    }
}

/// Every code that the SDK can report (`lib/twilio/errors/generated.ts` of 2.18.5).
const SDK_CODES: [u32; 40] = [
    20101, 20104, 20151, 31000, 31001, 31002, 31003, 31005, 31008, 31009, 31100, 31101, 31102, 31103, 31104,
    31105, 31107, 31201, 31202, 31203, 31204, 31205, 31206, 31207, 31209, 31210, 31212, 31400, 31401, 31402,
    31404, 31480, 31486, 31603, 53000, 53001, 53400, 53402, 53405, 20429,
];

#[test]
fn every_code_of_the_sdk_has_words_that_say_what_to_do() {
    for code in SDK_CODES {
        let words = twilio_error(code);
        assert!(!words.starts_with("Something went wrong"), "{code}");
        assert!(words.ends_with(&format!(" (Twilio error {code})")), "{words}");
    }
    assert_eq!(twilio_error(12345), "Something went wrong. Try again. (Twilio error 12345)");
}

#[test]
fn a_refused_country_is_named() {
    let refused = |to: &str| refusal(Refusal::CountryNotAllowed, &CallSource::from_wire(to));
    let advice = "are not allowed. Ask who runs the server, if you need them.";
    assert_eq!(refused("+33142685300"), format!("Calls to France {advice}"));
    assert_eq!(
        refused("+18765551234"),
        format!("Calls to Jamaica {advice}"),
        "behind the code of the United States"
    );
    // Of no country.
    assert_eq!(refused("+870773123456"), format!("Calls to +870 773 123 456 {advice}"));
}

#[test]
fn times_are_told_in_words() {
    let (minute, hour, day) = (60, 3_600, 86_400);
    for (seconds, words) in [
        (-5, "just now"),
        (59, "just now"),
        (minute, "1 minute ago"),
        (hour - 1, "59 minutes ago"),
        (hour, "1 hour ago"),
        (day - 1, "23 hours ago"),
        (40 * day, "40 days ago"),
    ] {
        assert_eq!(ago(1_000_000, 1_000_000 + seconds), words);
    }
    ago(i64::MIN, i64::MAX);
}

#[test]
fn who_has_failed_too_often_is_told_how_long_and_what_helps() {
    use shared::api::{ErrorBody, ErrorCode, Wait};
    let words = |wait| {
        server_error(&ErrorBody { code: ErrorCode::TooManyRequests, message: "Wait.".to_owned(), wait })
    };
    let told = |seconds| words(Some(Wait { seconds, one_time_code: true }));
    for (seconds, when) in [
        (1, "in about a minute"),
        (61, "in about 2 minutes"),
        (3_600, "in about 60 minutes"),
        (5_341, "in about 2 hours"),
        (86_400, "in about 24 hours"),
    ] {
        let words = told(seconds);
        assert!(words.contains(when) && words.contains("one-time code"), "{words}");
    }
    let network = words(Some(Wait { seconds: 300, one_time_code: false }));
    assert!(network.contains("network") && !network.contains("code"), "{network}");
    assert_eq!(words(None), "Wait.", "an older server");
}

#[test]
fn a_device_keeps_its_name_in_english() {
    for name in ["Chrome on Windows", "a browser on Mac", "Firefox", "an unknown program", ""] {
        assert_eq!(device_name(name), name);
    }
}

#[test]
fn a_provider_that_signs_nobody_in_is_explained_and_a_strangers_word_never_shown() {
    let codes = ["cancelled", "stale", "not_verified", "unknown_email", "unavailable", "refused"];
    let words: std::collections::BTreeSet<_> = codes.map(sign_in_error).into();
    assert_eq!(words.len(), codes.len());
    assert_eq!(sign_in_error("<script>call +1 900 555 0100</script>"), sign_in_error("refused"));
}
