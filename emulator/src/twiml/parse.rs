//! Elements to verbs.

use std::time::Duration;

use super::attributes::Attributes;
use super::read::{Element, read};
use super::verb::{Callback, Dial, Events, Noun, Play, Say, Verb};

/// Longest document in bytes; a longer one is Twilio's error 11750.
const LONGEST_DOCUMENT: usize = 64 * 1024;
/// `<Dial>` calls at most this many at once.
const MOST_NOUNS: usize = 10;
/// Verbs of Twilio that this emulator does not run.
const NOT_EMULATED: [&str; 9] =
    ["Gather", "Record", "Enqueue", "Leave", "Refer", "Start", "Stop", "Connect", "Pay"];

/// A document that could be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// What to do, in order.
    pub verbs: Vec<Verb>,
    /// What was ignored (Twilio's warning 12200).
    pub warnings: Vec<Warning>,
}

/// Something in a document that is ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What and where.
    pub message: String,
}

/// The document cannot be used: Twilio's error 12100, or 11750 when it is too long.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct ParseError {
    /// What is wrong.
    pub reason: String,
    /// The number under which Twilio lists it.
    pub code: u32,
}

impl ParseError {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), code: 12100 }
    }
}

/// Reads a document.
///
/// # Errors
/// When the text is not well-formed XML with the root `<Response>`, or is too long.
pub fn parse(text: &str) -> Result<Document, ParseError> {
    if text.len() > LONGEST_DOCUMENT {
        let reason = format!("the document has {} bytes; at most {LONGEST_DOCUMENT} are read", text.len());
        return Err(ParseError { reason, code: 11750 });
    }
    let root = read(text)?;
    if root.name != "Response" {
        return Err(ParseError::new(format!("the root is <{}>; it must be <Response>", root.name)));
    }
    let mut document = Document::default();
    if !root.text.trim().is_empty() {
        document.warnings.push(Warning { message: "<Response>: text outside of verbs is ignored".into() });
    }
    for element in root.children {
        verb(element, &mut document);
    }
    Ok(document)
}

fn verb(mut element: Element, document: &mut Document) {
    let text = element.text.trim().to_owned();
    let children = std::mem::take(&mut element.children);
    let name = element.name.clone();
    let warnings = &mut document.warnings;
    let mut extra = Vec::new();
    let mut attributes = Attributes::of(&mut element, warnings);
    let verb = match name.as_str() {
        "Dial" => {
            let mut dial = dial(&mut attributes);
            dial.nouns = nouns(&text, children, &mut extra);
            Some(Verb::Dial(dial))
        }
        "Say" => {
            attributes.accept(&["voice", "language"]);
            let text = spoken(&text, &children);
            Some(Verb::Say(Say { text, times: attributes.times() }))
        }
        "Play" => {
            let digits = attributes.text("digits");
            if digits.as_ref().is_some_and(|digits| !digits.chars().all(is_key)) {
                attributes.complain("digits may hold 0-9, *, # and w; others are skipped".into());
            }
            let times = attributes.times();
            if digits.is_none() && text.is_empty() {
                attributes.complain("it needs the URL of a sound, or digits; it is skipped".into());
                None
            } else {
                Some(Verb::Play(Play { url: text, digits, times }))
            }
        }
        "Pause" => Some(Verb::Pause(attributes.seconds("length", 1, 1, 86_400))),
        "Hangup" => Some(Verb::Hangup),
        "Echo" => Some(Verb::Echo),
        "Reject" => Some(Verb::Reject { busy: attributes.text("reason").as_deref() == Some("busy") }),
        "Redirect" => Some(Verb::Redirect { method: attributes.method("method"), url: text }),
        other => {
            let reason = if NOT_EMULATED.contains(&other) {
                "is a verb that this emulator does not run; it is skipped"
            } else {
                "is not a TwiML verb; it is skipped"
            };
            attributes.left_alone(reason);
            return;
        }
    };
    attributes.finish();
    document.warnings.append(&mut extra);
    document.verbs.extend(verb);
}

fn is_key(c: char) -> bool {
    matches!(c, '0'..='9' | '*' | '#' | 'w')
}

/// The text of `<Say>` with the words inside SSML elements.
fn spoken(text: &str, children: &[Element]) -> String {
    let mut words = vec![text.to_owned()];
    words.extend(children.iter().map(|child| spoken(child.text.trim(), &child.children)));
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

fn dial(attributes: &mut Attributes<'_>) -> Dial {
    attributes.accept(&[
        "record",
        "recordingStatusCallback",
        "recordingStatusCallbackMethod",
        "recordingStatusCallbackEvent",
        "recordingTrack",
        "trim",
        "ringTone",
        "callReason",
    ]);
    Dial {
        action: attributes.url("action"),
        method: attributes.method("method"),
        answer_on_bridge: attributes.flag("answerOnBridge"),
        caller_id: attributes.text("callerId").map(|id| id.trim().to_owned()),
        hangup_on_star: attributes.flag("hangupOnStar"),
        time_limit: attributes.seconds("timeLimit", 14_400, 1, 14_400),
        timeout: attributes.seconds("timeout", 30, 5, 600),
        nouns: Vec::new(),
    }
}

fn nouns(text: &str, children: Vec<Element>, warnings: &mut Vec<Warning>) -> Vec<Noun> {
    let mut nouns = Vec::new();
    if !text.is_empty() {
        nouns.push(Noun::Number { number: text.to_owned(), callback: None });
    }
    for mut child in children {
        match child.name.as_str() {
            "Number" => {
                let number = child.text.trim().to_owned();
                let mut attributes = Attributes::of(&mut child, warnings);
                let callback = callback(&mut attributes);
                attributes.finish();
                nouns.push(Noun::Number { number, callback });
            }
            "Client" => nouns.push(client(child, warnings)),
            other => warnings.push(Warning {
                message: format!("<Dial>: the noun <{other}> is not emulated; it is skipped"),
            }),
        }
    }
    if nouns.len() > MOST_NOUNS {
        warnings.push(Warning {
            message: format!("<Dial>: {} nouns; only the first {MOST_NOUNS} are dialled", nouns.len()),
        });
        nouns.truncate(MOST_NOUNS);
    }
    nouns
}

fn client(mut element: Element, warnings: &mut Vec<Warning>) -> Noun {
    let mut identity = element.text.trim().to_owned();
    let mut parameters = Vec::new();
    for mut child in std::mem::take(&mut element.children) {
        match child.name.as_str() {
            "Identity" => identity = child.text.trim().to_owned(),
            "Parameter" => {
                let mut attributes = Attributes::of(&mut child, warnings);
                let pair = (attributes.text("name"), attributes.text("value"));
                match pair {
                    (Some(name), Some(value)) => parameters.push((name, value)),
                    _ => attributes.complain("it needs a name and a value".into()),
                }
                attributes.finish();
            }
            other => warnings.push(Warning {
                message: format!("<Client>: the element <{other}> is not known; it is skipped"),
            }),
        }
    }
    let mut attributes = Attributes::of(&mut element, warnings);
    let callback = callback(&mut attributes);
    attributes.finish();
    Noun::Client { identity, parameters, callback }
}

fn callback(attributes: &mut Attributes<'_>) -> Option<Callback> {
    let url = attributes.url("statusCallback");
    let method = attributes.method("statusCallbackMethod");
    let mut events = Events::default();
    for word in attributes.text("statusCallbackEvent").unwrap_or_default().split_whitespace() {
        match word {
            "initiated" => events.initiated = true,
            "ringing" => events.ringing = true,
            "answered" => events.answered = true,
            "completed" => {}
            other => attributes.complain(format!("statusCallbackEvent has no event {other}")),
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
