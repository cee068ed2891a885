//! TwiML: a document is read strictly and becomes typed verbs (<https://www.twilio.com/docs/voice/twiml>).

mod attributes;
mod dial;
mod error;
mod gather;
mod parse;
mod read;
mod record;
mod schema;
mod ssml;
mod verb;
mod voices;
mod warning;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_gather;

pub use error::ParseError;
pub use parse::{Document, parse, plain_text};
pub use record::{Record, RecordingCallback};
pub use verb::{Callback, Dial, Events, Gather, Noun, Play, Say, Verb, Whisper, Whom};
pub use warning::Warning;
