//! TwiML: a document is read strictly and becomes typed verbs (<https://www.twilio.com/docs/voice/twiml>).

mod attributes;
mod parse;
mod read;
mod verb;

#[cfg(test)]
mod tests;

pub use parse::{Document, ParseError, Warning, parse};
pub use verb::{Callback, Dial, Events, Noun, Play, Say, Verb};
