//! What a resource works with, and what it answers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::deed::Deed;
use super::request::Request;
use crate::core::account::AccountState;
use crate::core::call::{Leg, Past};
use crate::core::ids::Ids;
use crate::core::recordings::Recordings;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is.
    pub content_type: &'static str,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Status and JSON, or a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `None`: the answer has no body.
    pub body: Option<Value>,
    /// Instead of it.
    pub file: Option<File>,
    /// Parameters that nobody looked at, for neither Twilio nor the emulator has them there.
    pub ignored: Vec<String>,
}

/// A request that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestError {
    /// HTTP status.
    pub status: u16,
    /// Twilio's number.
    pub code: u32,
    /// What is wrong.
    pub message: String,
}

impl RestError {
    pub(crate) fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// 400 with a code.
    pub(crate) fn bad(code: u32, message: impl Into<String>) -> Self {
        Self::new(400, code, message)
    }

    /// The same answer for a path that does not exist and an object that does not.
    pub(super) fn not_found(path: &str) -> Self {
        Self::new(404, 20404, format!("The requested resource {path} was not found"))
    }

    /// The same answer for every mistake in credentials.
    pub(super) fn unauthorized() -> Self {
        Self::new(401, 20003, "Authenticate")
    }

    /// As Twilio writes it.
    pub(crate) fn answer(&self) -> Answer {
        let body = json!({
            "code": self.code, "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code), "status": self.status,
        });
        Answer { status: self.status, body: Some(body), file: None, ignored: Vec::new() }
    }
}

/// What a resource answers.
pub(super) type Result = std::result::Result<Answer, RestError>;

/// 200 with a body.
pub(super) fn ok(body: Value) -> Result {
    Ok(Answer { status: 200, body: Some(body), file: None, ignored: Vec::new() })
}

/// 201 with a body.
pub(super) fn created(body: Value) -> Result {
    Ok(Answer { status: 201, body: Some(body), file: None, ignored: Vec::new() })
}

/// 204.
pub(super) fn deleted() -> Result {
    Ok(Answer { status: 204, body: None, file: None, ignored: Vec::new() })
}

/// What a resource works with.
pub(super) struct Context<'a> {
    pub(super) account: &'a mut AccountState,
    pub(super) ids: &'a mut Ids,
    pub(super) calls: &'a BTreeMap<String, Leg>,
    pub(super) past: &'a Past,
    pub(super) recordings: &'a mut Recordings,
    pub(super) now: Timestamp,
    pub(super) request: &'a Request,
    /// Parameters that nobody looks at.
    pub(super) ignored: Vec<String>,
    /// What is to be done when the request succeeds.
    pub(super) deeds: Vec<Deed>,
}

impl Context<'_> {
    pub(super) fn not_found(&self) -> RestError {
        RestError::not_found(&self.request.path)
    }

    pub(super) fn wrong_method(&self) -> RestError {
        let message = format!("The method {} is not allowed for this resource", self.request.method);
        RestError::new(405, 20004, message)
    }

    /// The account's address, with what follows it.
    pub(super) fn uri(&self, rest: &str) -> String {
        format!("/2010-04-01/Accounts/{}{rest}", self.account.sid)
    }
}
