//! Elements to verbs.

use super::attributes::{Attributes, SCHEMA};
use super::dial::dial;
use super::error::ParseError;
use super::gather::gather;
use super::read::{Element, read};
use super::record::record;
use super::verb::{Play, Say, Verb};
use super::warning::Warning;
use super::{schema, ssml, voices};

/// Longest document in bytes; a longer one is Twilio's error 11750.
const LONGEST_DOCUMENT: usize = 64 * 1024;
/// Longest text of one `<Say>`, in characters.
const LONGEST_TEXT: usize = 4096;

/// A document that could be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// What to do, in order.
    pub verbs: Vec<Verb>,
    /// What does not happen as it is written.
    pub warnings: Vec<Warning>,
    /// How many elements of the document, and text between them, became no verb.
    pub skipped: usize,
}

/// Reads a document.
///
/// # Errors
/// When the text is not well-formed XML with the root `<Response>`, or is too long.
pub fn parse(text: &str) -> Result<Document, ParseError> {
    if text.len() > LONGEST_DOCUMENT {
        return Err(too_large(text));
    }
    let root = read(text)?;
    if root.name != "Response" {
        return Err(ParseError::new(format!("the root is <{}>; it must be <Response>", root.name)));
    }
    let mut document = Document::default();
    schema::check(&root, &mut document.warnings);
    // Whoever writes only text means it to be said.
    document.skipped = usize::from(!root.text.trim().is_empty());
    for element in root.children {
        match verb(element, &mut document.warnings) {
            Some(verb) => document.verbs.push(verb),
            None => document.skipped += 1,
        }
    }
    Ok(document)
}

fn verb(mut element: Element, warnings: &mut Vec<Warning>) -> Option<Verb> {
    let name = element.name.clone();
    if name == "Dial" {
        return dial(element, warnings).map(Verb::Dial);
    }
    let text = element.text.trim().to_owned();
    let mut children = std::mem::take(&mut element.children);
    let prompts =
        if name == "Gather" { prompts(std::mem::take(&mut children), warnings) } else { Vec::new() };
    let mut attributes = Attributes::of(&mut element, warnings);
    let verb = match name.as_str() {
        "Gather" => gather(prompts, &mut attributes).map(Verb::Gather),
        "Say" => say(&text, &children, &mut attributes).map(Verb::Say),
        "Play" => play(text, &mut attributes).map(Verb::Play),
        "Pause" => Some(Verb::Pause(attributes.seconds("length", 13910, 1, 1, 86_400))),
        "Hangup" => Some(Verb::Hangup),
        "Echo" => Some(Verb::Echo),
        "Record" => Some(Verb::Record(record(&mut attributes))),
        "Reject" => {
            let reason = attributes.word("reason", 13810, &["rejected", "busy"]);
            Some(Verb::Reject { busy: reason.as_deref() == Some("busy") })
        }
        "Redirect" => Some(Verb::Redirect { method: attributes.method("method", 13710), url: text }),
        other => {
            // The schema has named what is not TwiML.
            if schema::has_child("Response", other) {
                attributes.lacks("this verb is not emulated; it is skipped");
            }
            return None;
        }
    };
    if matches!(name.as_str(), "Hangup" | "Reject") && children.iter().any(|child| child.name == "Parameter")
    {
        attributes.lacks("<Parameter> is not emulated; it does nothing here");
    }
    attributes.finish();
    verb
}

/// What a `<Gather>` lets the caller hear; the schema has named what has no place in it.
fn prompts(children: Vec<Element>, warnings: &mut Vec<Warning>) -> Vec<Verb> {
    let known = children.into_iter().filter(|child| schema::has_child("Gather", &child.name));
    known.filter_map(|child| verb(child, warnings)).collect()
}

/// Twilio says nothing when it has no such voice or language, or nothing to say.
fn say(text: &str, children: &[Element], attributes: &mut Attributes<'_>) -> Option<Say> {
    let text = &spoken("Say", text, children);
    ssml::check(children, attributes);
    let times = attributes.times(13510);
    let mut fails = false;
    let mut fail = |attributes: &mut Attributes<'_>, code, message| {
        attributes.complain(code, message);
        fails = true;
    };
    let voice = attributes.text("voice");
    if let Some(voice) = voice.as_deref().filter(|voice| voices::is_voice(voice)) {
        ssml::check_voice(voice, children, attributes);
    }
    if let Some(voice) = voice.filter(|voice| !voices::is_voice(voice)) {
        let message = format!(
            "voice=\"{voice}\" is no voice of Twilio, such as alice or Polly.Joanna; nothing is said"
        );
        fail(attributes, 13511, message);
    }
    if let Some(language) = attributes.text("language").filter(|language| !voices::is_language(language)) {
        let message =
            format!("language=\"{language}\" is no language of Twilio, such as en-US; nothing is said");
        fail(attributes, 13520, message);
    }
    if text.is_empty() {
        fail(attributes, 13520, "there is no text; nothing is said".into());
    } else if is_too_long(text) {
        fail(attributes, 13521, format!("more than {LONGEST_TEXT} characters; nothing is said"));
    }
    (!fails).then(|| Say { text: text.to_owned(), times })
}

fn is_too_long(text: &str) -> bool {
    text.chars().count() > LONGEST_TEXT
}

/// An answer of plain text, which is read aloud as if it stood in a `<Say>`.
///
/// # Errors
/// It is longer than a document or a `<Say>` may be.
pub fn plain_text(text: &str) -> Result<String, ParseError> {
    if text.len() > LONGEST_DOCUMENT {
        return Err(too_large(text));
    }
    if is_too_long(text) {
        let reason = format!("the text has more than {LONGEST_TEXT} characters; nothing is said");
        return Err(ParseError { reason, code: 13521 });
    }
    Ok(text.trim().to_owned())
}

fn too_large(text: &str) -> ParseError {
    let reason = format!("the document has {} bytes; at most {LONGEST_DOCUMENT} are read", text.len());
    ParseError { reason, code: 11750 }
}

fn play(url: String, attributes: &mut Attributes<'_>) -> Option<Play> {
    let digits = attributes.text("digits").filter(|digits| !digits.is_empty());
    let times = attributes.times(13410);
    if let Some(digits) = &digits
        && !digits.chars().all(|c| matches!(c, '0'..='9' | '*' | '#' | 'w' | 'W'))
    {
        attributes.complain(13430, "digits may hold 0-9, *, # and w; others are skipped".into());
    }
    if digits.is_some() && !url.is_empty() {
        attributes.lacks(&format!("{url} is not played beside digits; only these are"));
    }
    if digits.is_none() && url.is_empty() {
        attributes.complain(SCHEMA, "it needs the URL of a sound, or digits; it is skipped".into());
        return None;
    }
    Some(Play { url, digits, times })
}

/// The text of `<Say>` with the words inside SSML elements; `parent` names what it stands in.
fn spoken(parent: &str, text: &str, children: &[Element]) -> String {
    let mut words = vec![text.to_owned()];
    let known = children.iter().filter(|child| schema::has_child(parent, &child.name));
    words.extend(known.map(|child| spoken(&child.name, child.text.trim(), &child.children)));
    words.retain(|word| !word.is_empty());
    words.join(" ")
}
