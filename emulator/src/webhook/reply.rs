//! What came back from the application.

use crate::twiml::{self, Document};

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
    /// Why there was no answer.
    pub error: Option<Fault>,
    /// How long it took.
    pub millis: u64,
}

/// A failure with its number in Twilio's catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Twilio's error or warning number.
    pub code: u32,
    /// What is wrong and what would be right.
    pub message: String,
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

/// The TwiML in an answer.
///
/// # Errors
/// The failure by which Twilio would show it in its debugger.
pub fn document(reply: &Reply) -> Result<Document, Fault> {
    if !reply.status.is_some_and(|status| (200..300).contains(&status)) {
        return Err(retrieval(reply));
    }
    match reply.content_type.as_deref() {
        Some("text/xml" | "application/xml" | "text/html") => {}
        Some(other) => {
            return Err(Fault {
                code: 12300,
                message: format!("invalid content type {other}; TwiML is text/xml or application/xml"),
            });
        }
        None => {
            return Err(Fault {
                code: 12300,
                message: "the answer has no content type; TwiML is text/xml or application/xml".into(),
            });
        }
    }
    if !reply.is_utf8 {
        return Err(Fault {
            code: 12100,
            message: "document parse failure: it is not UTF-8, the encoding of TwiML".into(),
        });
    }
    twiml::parse(&reply.body)
        .map_err(|error| Fault { code: error.code, message: format!("document parse failure: {error}") })
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
            error: None,
            millis: 1,
        }
    }

    #[test]
    fn only_twiml_of_the_right_type_is_run() {
        assert!(document(&reply(200, "text/xml", "<Response/>")).is_ok());
        let code = |reply: &Reply| document(reply).unwrap_err().code;
        assert_eq!(code(&reply(500, "text/xml", "<Response/>")), 11200);
        assert_eq!(code(&reply(200, "application/json", "{}")), 12300);
        assert_eq!(code(&reply(200, "", "<Response/>")), 12300);
        assert_eq!(code(&reply(200, "text/xml", "<Response>")), 12100);
        assert_eq!(code(&Reply { is_utf8: false, ..reply(200, "text/xml", "<Response/>") }), 12100);
        let none = Reply {
            status: None,
            error: Some(Fault { code: 11237, message: "refused".into() }),
            ..reply(0, "", "")
        };
        assert_eq!(code(&none), 11237);
    }
}
