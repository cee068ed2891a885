//! The JSON inside an access token.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// The caller that a webhook names when a token has no identity (`From=client:Anonymous`).
const NOBODY: &str = "Anonymous";

/// What a valid token permits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The client name. `None`: it calls as `Anonymous`, and nobody can call it.
    pub identity: Option<String>,
    /// Unix seconds at which the token ends.
    pub expires: i64,
    /// May be called.
    pub incoming: bool,
    /// The TwiML App that handles its outgoing calls.
    pub application_sid: Option<String>,
    /// Parameters that the token forces onto the request to the TwiML App.
    pub params: BTreeMap<String, String>,
}

impl Grant {
    /// The name under which it calls.
    #[must_use]
    pub fn caller(&self) -> &str {
        self.identity.as_deref().unwrap_or(NOBODY)
    }
}

#[derive(Deserialize)]
pub(super) struct Header {
    pub(super) typ: Option<String>,
    pub(super) alg: Option<String>,
    pub(super) cty: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Payload {
    pub(super) iss: Option<String>,
    pub(super) sub: Option<String>,
    pub(super) iat: Option<i64>,
    pub(super) nbf: Option<i64>,
    pub(super) exp: Option<i64>,
    pub(super) grants: Option<Grants>,
}

#[derive(Deserialize)]
pub(super) struct Grants {
    pub(super) identity: Option<String>,
    pub(super) voice: Option<Voice>,
}

#[derive(Deserialize)]
pub(super) struct Voice {
    pub(super) incoming: Option<Incoming>,
    pub(super) outgoing: Option<Outgoing>,
}

#[derive(Deserialize)]
pub(super) struct Incoming {
    pub(super) allow: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct Outgoing {
    pub(super) application_sid: Option<String>,
    #[serde(default)]
    pub(super) params: BTreeMap<String, Value>,
}
