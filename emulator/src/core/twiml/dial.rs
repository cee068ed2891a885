//! `<Dial>` and its nouns.

use std::time::Duration;

use super::attributes::{Attributes, SCHEMA};
use super::read::Element;
use super::schema;
use super::verb::{Callback, Dial, Events, Noun, Whisper, Whom};
use super::warning::Warning;

/// `<Dial>` calls at most this many.
const MOST_NOUNS: usize = 10;
/// Longest `callReason`, in characters.
const LONGEST_REASON: usize = 50;
const RECORD: [&str; 7] = [
    "do-not-record",
    "record-from-answer",
    "record-from-ringing",
    "record-from-answer-dual",
    "record-from-ringing-dual",
    "true",
    "false",
];
const RING_TONES: [&str; 40] = [
    "at", "au", "bg", "br", "be", "ch", "cl", "cn", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hu",
    "il", "in", "it", "lt", "jp", "mx", "my", "nl", "no", "nz", "ph", "pl", "pt", "ru", "se", "sg", "th",
    "uk", "us", "us-old", "tw", "ve", "za",
];

/// Reads a `<Dial>`; nothing when all that it dials is lacking here.
pub(super) fn dial(mut element: Element, warnings: &mut Vec<Warning>) -> Option<Dial> {
    let text = element.text.trim().to_owned();
    let children = std::mem::take(&mut element.children);
    let mut attributes = Attributes::of(&mut element, warnings);
    recording(&mut attributes);
    match attributes.word("ringTone", 13220, &RING_TONES).as_deref() {
        // What the emulator plays anyway.
        None | Some("us") => {}
        Some(tone) => attributes.lacks(&format!(
            "ringTone=\"{tone}\" is not emulated; the caller hears the tone of the United States"
        )),
    }
    let mut dial = Dial {
        action: attributes.url("action"),
        method: attributes.method("method", 13210),
        answer_on_bridge: attributes.flag("answerOnBridge", 13219),
        caller_id: attributes.text("callerId").map(|id| id.trim().to_owned()),
        call_reason: reason(&mut attributes),
        hangup_on_star: attributes.flag("hangupOnStar", 13213),
        sequential: attributes.flag("sequential", 13218),
        time_limit: attributes.seconds("timeLimit", 13216, 14_400, 1, 14_400),
        timeout: attributes.seconds("timeout", 13212, 30, 5, 600),
        nouns: Vec::new(),
    };
    attributes.finish();
    let any = !text.is_empty() || !children.is_empty();
    dial.nouns = nouns(&text, children, warnings);
    let nobody = dial.nouns.is_empty() && any;
    (!nobody).then_some(dial)
}

/// What is said of recording: this emulator records nothing.
fn recording(attributes: &mut Attributes<'_>) {
    match attributes.word("record", 13217, &RECORD).as_deref() {
        None | Some("do-not-record" | "false") => {}
        Some(mode) => attributes.lacks(&format!("record=\"{mode}\" is not emulated; nothing is recorded")),
    }
    if let Some(trim) = attributes.word("trim", 13699, &["trim-silence", "do-not-trim"]) {
        attributes.lacks(&format!("trim=\"{trim}\" is not emulated; nothing is recorded"));
    }
    if let Some(track) = attributes.word("recordingTrack", 13622, &["both", "inbound", "outbound"]) {
        attributes.lacks(&format!("recordingTrack=\"{track}\" is not emulated; nothing is recorded"));
    }
    if let Some(events) = attributes.text("recordingStatusCallbackEvent") {
        for word in events.split_whitespace() {
            if !matches!(word, "in-progress" | "completed" | "absent") {
                let message = format!("recordingStatusCallbackEvent has no event {word}");
                attributes.complain(13621, message);
            }
        }
        attributes.lacks("recordingStatusCallbackEvent is not emulated; nothing is recorded");
    }
    if let Some(url) = attributes.text("recordingStatusCallback") {
        let what = format!("recordingStatusCallback=\"{url}\" is never called; nothing is recorded");
        attributes.lacks(&what);
    }
}

fn reason(attributes: &mut Attributes<'_>) -> Option<String> {
    let reason = attributes.text("callReason")?;
    if reason.chars().count() <= LONGEST_REASON {
        return Some(reason).filter(|reason| !reason.trim().is_empty());
    }
    let message = format!("callReason has more than {LONGEST_REASON} characters; it is not shown");
    attributes.complain(SCHEMA, message);
    None
}

fn nouns(text: &str, children: Vec<Element>, warnings: &mut Vec<Warning>) -> Vec<Noun> {
    let mut nouns = Vec::new();
    if !text.is_empty() {
        nouns.push(Noun::plain(Whom::Number(text.to_owned())));
    }
    for mut child in children {
        match child.name.as_str() {
            "Number" => {
                let number = child.text.trim().to_owned();
                let mut attributes = Attributes::of(&mut child, warnings);
                let noun = Noun {
                    digits: digits(&mut attributes),
                    ..noun(Whom::Number(number), &mut attributes, 13221)
                };
                attributes.finish();
                nouns.push(noun);
            }
            "Client" => nouns.push(client(child, warnings)),
            other if schema::has_child("Dial", other) => warnings.push(Warning::lacking(format!(
                "<Dial>: the noun <{other}> is not emulated; it is not dialled"
            ))),
            // The schema has named it.
            _ => {}
        }
    }
    if nouns.len() > MOST_NOUNS {
        warnings.push(Warning::schema(format!(
            "<Dial>: {} nouns; only the first {MOST_NOUNS} are dialled",
            nouns.len()
        )));
        nouns.truncate(MOST_NOUNS);
    }
    nouns
}

fn client(mut element: Element, warnings: &mut Vec<Warning>) -> Noun {
    let text = element.text.trim().to_owned();
    let mut identities = Vec::new();
    let mut parameters = Vec::new();
    for mut child in std::mem::take(&mut element.children) {
        match child.name.as_str() {
            "Identity" => identities.push(child.text.trim().to_owned()),
            "Parameter" => {
                let mut attributes = Attributes::of(&mut child, warnings);
                let pair = (attributes.text("name"), attributes.text("value"));
                match pair {
                    (Some(name), Some(value)) => parameters.push((name, value)),
                    _ => attributes.complain(SCHEMA, "it needs a name and a value; it is ignored".into()),
                }
                attributes.finish();
            }
            // The schema has named it.
            _ => {}
        }
    }
    let mut attributes = Attributes::of(&mut element, warnings);
    let named = identities.len() + usize::from(!text.is_empty());
    let identity = identities.into_iter().next().unwrap_or(text);
    if named > 1 {
        attributes.complain(SCHEMA, format!("it names {named} clients; only {identity:?} is dialled"));
    }
    let noun = noun(Whom::Client { identity, parameters }, &mut attributes, SCHEMA);
    attributes.finish();
    noun
}

/// What all nouns have.
fn noun(whom: Whom, attributes: &mut Attributes<'_>, method_code: u32) -> Noun {
    let method = attributes.method("method", method_code);
    let whisper = attributes.url("url").map(|url| Whisper { url, method });
    Noun { whom, callback: callback(attributes), whisper, digits: None }
}

/// `sendDigits`: one wrong character spoils all of it.
fn digits(attributes: &mut Attributes<'_>) -> Option<String> {
    let digits = attributes.text("sendDigits")?;
    let digits = digits.trim();
    let is_key = |c: char| matches!(c, '0'..='9' | '*' | '#' | 'w' | 'W');
    if !digits.chars().all(is_key) {
        let message = format!("sendDigits=\"{digits}\" may hold 0-9, *, #, w and W; no key is sent");
        attributes.complain(13222, message);
        return None;
    }
    // A `W` waits a second, a `w` half of it.
    Some(digits.replace('W', "ww")).filter(|digits| !digits.is_empty())
}

fn callback(attributes: &mut Attributes<'_>) -> Option<Callback> {
    let url = attributes.url("statusCallback");
    let method = attributes.method("statusCallbackMethod", SCHEMA);
    let mut events = Events::default();
    for word in attributes.text("statusCallbackEvent").unwrap_or_default().split_whitespace() {
        match word {
            "initiated" => events.initiated = true,
            "ringing" => events.ringing = true,
            "answered" => events.answered = true,
            "completed" => {}
            other => attributes.complain(SCHEMA, format!("statusCallbackEvent has no event {other}")),
        }
    }
    url.map(|url| Callback { url, method, events })
}

impl Dial {
    /// The time until an unanswered `<Dial>` gives up.
    #[must_use]
    pub fn rings_for(&self, extra: Duration) -> Duration {
        self.timeout.saturating_add(extra)
    }
}
