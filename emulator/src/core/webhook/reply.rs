//! What came back from the application.

use std::sync::Arc;

use super::audio::AudioFault;
use crate::core::fault::Fault;
use crate::core::twiml::{self, Document};

/// The application's answer, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status; `None` when there was no answer.
    pub status: Option<u16>,
    /// `Content-Type` without its parameters, lower case.
    pub content_type: Option<String>,
    /// The body as text; what is no UTF-8 is replaced.
    pub body: String,
    /// The body is UTF-8.
    pub is_utf8: bool,
    /// The body is audio: its samples, or why it cannot be played. `body` is empty then.
    pub sound: Option<Result<Arc<[i16]>, AudioFault>>,
    /// `Location`, of a redirection.
    pub location: Option<String>,
    /// Why there was no answer.
    pub error: Option<Fault>,
    /// How long it took.
    pub millis: u64,
}

/// The failure of a request that has no answer, or one that is not 2xx.
#[must_use]
pub fn retrieval(reply: &Reply) -> Fault {
    let reason = match (&reply.error, reply.status) {
        (Some(fault), _) => return fault.clone(),
        (None, Some(status)) => format!("the status was {status}; it must be 2xx"),
        (None, None) => "no answer".to_owned(),
    };
    Fault { code: 11200, message: format!("HTTP retrieval failure: {reason}") }
}

/// What an application answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// TwiML.
    Document(Document),
    /// `text/plain` that is no TwiML: it is read aloud.
    Text(String),
    /// Audio: it is played, 8 kHz.
    Sound(Arc<[i16]>),
}

impl Reply {
    /// An answer that never came.
    #[must_use]
    pub fn failed(fault: Fault) -> Self {
        Self {
            status: None,
            content_type: None,
            body: String::new(),
            is_utf8: true,
            sound: None,
            location: None,
            error: Some(fault),
            millis: 0,
        }
    }
}

/// What is to be done after an answer.
///
/// # Errors
/// The failure by which Twilio would show it in its debugger, or that this emulator lacks what is needed.
pub fn answer(reply: &Reply) -> Result<Answer, AudioFault> {
    if !reply.status.is_some_and(|status| (200..300).contains(&status)) {
        return Err(AudioFault::Twilio(retrieval(reply)));
    }
    let refuse = |code, message: String| Err(AudioFault::Twilio(Fault { code, message }));
    if let Some(sound) = &reply.sound {
        return sound.clone().map(Answer::Sound);
    }
    let plain = match reply.content_type.as_deref() {
        Some("text/xml" | "application/xml" | "text/html") => false,
        Some("text/plain") => true,
        Some(other) => {
            return refuse(
                12300,
                format!("invalid content type {other}; it must be TwiML (text/xml), text/plain or audio"),
            );
        }
        None => {
            return refuse(
                12300,
                "the answer has no content type; TwiML is text/xml or application/xml".into(),
            );
        }
    };
    if !reply.is_utf8 {
        return refuse(12100, "document parse failure: it is not UTF-8, the encoding of TwiML".into());
    }
    match twiml::parse(&reply.body) {
        Ok(document) => Ok(Answer::Document(document)),
        Err(_) if plain && !reply.body.trim().is_empty() => match twiml::plain_text(&reply.body) {
            Ok(text) => Ok(Answer::Text(text)),
            Err(error) => refuse(error.code, error.to_string()),
        },
        Err(error) => refuse(error.code, format!("document parse failure: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, content_type: &str, body: &str) -> Reply {
        Reply {
            status: Some(status),
            content_type: (!content_type.is_empty()).then(|| content_type.to_owned()),
            body: body.into(),
            is_utf8: true,
            sound: None,
            location: None,
            error: None,
            millis: 1,
        }
    }

    #[test]
    fn the_content_type_says_what_an_answer_is() {
        let document = answer(&reply(200, "text/xml", "<Response/>"));
        assert_eq!(document, Ok(Answer::Document(Document::default())));
        assert_eq!(answer(&reply(200, "text/plain", "<Response/>")), document);
        for text in ["Hello", "<Response>", "2 < 3 & so on"] {
            assert_eq!(
                answer(&reply(200, "text/plain", &format!(" {text}\n"))),
                Ok(Answer::Text(text.into()))
            );
        }
        let sound: Arc<[i16]> = Arc::from([1, 2]);
        let played = Reply { sound: Some(Ok(sound.clone())), ..reply(200, "audio/wav", "") };
        assert_eq!(answer(&played), Ok(Answer::Sound(sound)));
        let code = |reply: &Reply| match answer(reply).unwrap_err() {
            AudioFault::Twilio(fault) => fault.code,
            AudioFault::Lacking(_) => 0,
        };
        assert_eq!(code(&reply(500, "text/xml", "<Response/>")), 11200);
        assert_eq!(code(&reply(200, "application/json", "{}")), 12300);
        assert_eq!(code(&reply(200, "", "<Response/>")), 12300);
        assert_eq!(code(&reply(200, "text/xml", "<Response>")), 12100);
        assert_eq!(code(&reply(200, "text/xml", "Hello")), 12100);
        assert_eq!(code(&reply(200, "text/plain", " ")), 12100);
        // No longer than a <Say>, and no larger than a document.
        assert_eq!(code(&reply(200, "text/plain", &"word ".repeat(1000))), 13521);
        assert_eq!(code(&reply(200, "text/plain", &"word ".repeat(14_000))), 11750);
        assert_eq!(code(&Reply { is_utf8: false, ..reply(200, "text/xml", "<Response/>") }), 12100);
        assert_eq!(code(&Reply::failed(Fault { code: 11237, message: "refused".into() })), 11237);
        let lacking = AudioFault::Lacking("AIFF".into());
        assert_eq!(code(&Reply { sound: Some(Err(lacking)), ..reply(200, "audio/aiff", "") }), 0);
    }
}
