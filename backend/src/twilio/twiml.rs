//! TwiML documents. Values are escaped and everything that XML 1.0 cannot hold is replaced, so that no number or name,
//! however hostile, changes the structure of a document.
//!
//! Source of the vocabulary: Twilio's pages on TwiML for Voice.

use std::borrow::Cow;

use quick_xml::{
    Writer,
    events::{BytesEnd, BytesStart, BytesText, Event},
};

/// `<Response>`: what Twilio does next, in this order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Response(pub(crate) Vec<Verb>);

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Verb {
    /// Reads the text to the caller.
    Say(Cow<'static, str>),
    Dial(Dial),
    /// Stays on the line for so many seconds. Before anything else it does not answer the call.
    Pause(u32),
    /// Refuses the call with the network's own busy signal. Costs nothing. As the first verb only.
    RejectBusy,
    Hangup,
}

/// `<Dial>`, always with `answerOnBridge`: the caller's leg is answered, and paid for, when somebody answers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Dial {
    pub(crate) caller_id: Option<String>,
    pub(crate) timeout_s: u32,
    pub(crate) time_limit_s: u32,
    /// Absolute URL that is asked for the TwiML that follows.
    pub(crate) action: String,
    pub(crate) to: Noun,
    /// Absolute URL that is told of every change of the dialled leg.
    pub(crate) status_callback: String,
}

/// Who is dialled.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Noun {
    /// E.164
    Number(String),
    /// A client name.
    Client(String),
}

impl Response {
    /// Says a sentence and hangs up.
    pub(crate) fn say_and_hang_up(text: impl Into<Cow<'static, str>>) -> Self {
        Self(vec![Verb::Say(text.into()), Verb::Hangup])
    }

    /// Tells that the number is busy, without answering the call: the caller's phone and network know what to make of it,
    /// in every language.
    pub(crate) fn busy() -> Self {
        Self(vec![Verb::RejectBusy])
    }

    /// Answers a test of the connection: a sentence, to be heard, and a few seconds of sound to be measured. The SDK needs
    /// some of them (its `lib/twilio/preflight/preflight.ts`), and the call must end by itself.
    pub(crate) fn test_of_the_connection() -> Self {
        let words = "This is a test of your connection. It ends by itself.";
        Self(vec![Verb::Say(words.into()), Verb::Pause(8), Verb::Hangup])
    }

    /// The document.
    pub(crate) fn to_xml(&self) -> String {
        let mut writer = Writer::new(Vec::new());
        // Writing to memory cannot fail; should it, Twilio gets an empty document and hangs up.
        let written = self.write(&mut writer);
        debug_assert!(written.is_ok(), "{written:?}");
        let body = String::from_utf8(writer.into_inner()).unwrap_or_default();
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}")
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        writer.write_event(Event::Start(BytesStart::new("Response")))?;
        for verb in &self.0 {
            match verb {
                Verb::Say(text) => element(writer, BytesStart::new("Say"), text)?,
                Verb::Dial(dial) => dial.write(writer)?,
                Verb::Pause(seconds) => {
                    let mut pause = BytesStart::new("Pause");
                    attribute(&mut pause, "length", &seconds.to_string());
                    writer.write_event(Event::Empty(pause))?;
                }
                Verb::RejectBusy => {
                    let mut reject = BytesStart::new("Reject");
                    attribute(&mut reject, "reason", "busy");
                    writer.write_event(Event::Empty(reject))?;
                }
                Verb::Hangup => writer.write_event(Event::Empty(BytesStart::new("Hangup")))?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new("Response")))
    }
}

impl Dial {
    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut dial = BytesStart::new("Dial");
        attribute(&mut dial, "answerOnBridge", "true");
        if let Some(caller_id) = &self.caller_id {
            attribute(&mut dial, "callerId", caller_id);
        }
        attribute(&mut dial, "timeout", &self.timeout_s.to_string());
        attribute(&mut dial, "timeLimit", &self.time_limit_s.to_string());
        attribute(&mut dial, "action", &self.action);
        attribute(&mut dial, "method", "POST");
        writer.write_event(Event::Start(dial))?;
        let (name, text) = match &self.to {
            Noun::Number(number) => ("Number", number),
            Noun::Client(client) => ("Client", client),
        };
        let mut noun = BytesStart::new(name);
        attribute(&mut noun, "statusCallback", &self.status_callback);
        attribute(&mut noun, "statusCallbackEvent", "initiated ringing answered completed");
        attribute(&mut noun, "statusCallbackMethod", "POST");
        element(writer, noun, text)?;
        writer.write_event(Event::End(BytesEnd::new("Dial")))
    }
}

fn element(writer: &mut Writer<Vec<u8>>, start: BytesStart<'_>, text: &str) -> std::io::Result<()> {
    let end = start.to_end().into_owned();
    writer.write_event(Event::Start(start.borrow()))?;
    writer.write_event(Event::Text(BytesText::new(&printable(text))))?;
    writer.write_event(Event::End(end))
}

fn attribute(element: &mut BytesStart<'_>, name: &str, value: &str) {
    element.push_attribute((name, printable(value).as_str()));
}

/// Replaces what XML 1.0 forbids even when escaped, and the blanks that a reader would normalise in an attribute.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' => ' ',
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
#[path = "twiml_tests.rs"]
mod tests;
