//! The messages of the socket, as the SDK's `pstream.js` writes and reads them.

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Longest text frame that is looked at, in bytes. An SDP has about 2 KB, a call message at most 10 KB.
const LONGEST_FRAME: usize = 64 * 1024;
/// Longest connect parameters, in bytes as they are sent.
const LONGEST_PARAMS: usize = 800;
/// Longest call message content.
const LONGEST_CONTENT: usize = 10 * 1024;

/// What a browser says.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientMessage {
    /// Who it is; again with every new token.
    Listen {
        /// The access token.
        token: String,
        /// Seconds that a call should outlive this socket; 0: the server's choice.
        reconnect_timeout: u64,
    },
    /// May be called (`true`), or no longer.
    Register {
        /// `payload.media.audio`.
        audio: bool,
    },
    /// A new call.
    Invite {
        /// The browser's own temporary id, `TJS…`.
        callsid: String,
        /// The WebRTC offer.
        sdp: String,
        /// The connect parameters, URI-encoded.
        params: String,
    },
    /// Takes up a call again after the socket was lost, or from another browser.
    Reconnect {
        /// The call.
        callsid: String,
        /// The token given out for it.
        reconnect: String,
        /// An offer, or the current local description.
        sdp: Option<String>,
    },
    /// Takes an incoming call.
    Answer {
        /// The call.
        callsid: String,
        /// The WebRTC answer.
        sdp: String,
    },
    /// Declines an incoming call.
    Reject {
        /// The call.
        callsid: String,
    },
    /// Ends a call.
    Hangup {
        /// The call.
        callsid: String,
    },
    /// ICE restart.
    Reinvite {
        /// The call.
        callsid: String,
        /// The new offer.
        sdp: String,
    },
    /// Keys that could not be sent as RTP events.
    Dtmf {
        /// The call.
        callsid: String,
        /// `0-9 * # w`.
        digits: String,
    },
    /// A call message.
    Message {
        /// The call.
        callsid: String,
        /// The SDK's id of the message.
        event_sid: String,
        /// Only `user-defined-message` exists.
        kind: String,
        /// Whether it is longer than Twilio takes.
        too_long: bool,
    },
}

/// A frame that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Code of the SDK's catalogue.
    pub code: u32,
    /// What is wrong and what would be right.
    pub message: String,
    /// The call it was about, if it said so.
    pub callsid: Option<String>,
    /// The message's type, if it said so.
    pub kind: String,
    /// The payload, for the timeline.
    pub payload: Value,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    payload: Value,
}

/// Reads one text frame: its type and payload for the timeline, and its meaning.
///
/// # Errors
/// What the browser is told about a frame that cannot be used.
pub fn parse(text: &str) -> Result<(ClientMessage, String, Value), Malformed> {
    let bare = |code, message: String| Malformed {
        code,
        message,
        callsid: None,
        kind: "unreadable".into(),
        payload: Value::Null,
    };
    if text.len() > LONGEST_FRAME {
        return Err(bare(
            31100,
            format!("The frame has {} bytes; at most {LONGEST_FRAME} are read", text.len()),
        ));
    }
    let envelope: Envelope = serde_json::from_str(text)
        .map_err(|fault| bare(31100, format!("The frame is not a JSON object with a type: {fault}")))?;
    let fields = Fields { kind: &envelope.kind, payload: &envelope.payload };
    let message = fields.message()?;
    Ok((message, envelope.kind, envelope.payload))
}

struct Fields<'a> {
    kind: &'a str,
    payload: &'a Value,
}

impl Fields<'_> {
    fn message(&self) -> Result<ClientMessage, Malformed> {
        Ok(match self.kind {
            "listen" => ClientMessage::Listen {
                token: self.text("token", 31102)?,
                reconnect_timeout: self.payload["reconnectTimeout"].as_u64().unwrap_or(0).min(30),
            },
            "register" => ClientMessage::Register {
                audio: self.payload["media"]["audio"]
                    .as_bool()
                    .ok_or_else(|| self.malformed(31400, "register needs payload.media.audio".into()))?,
            },
            "invite" => self.invite()?,
            "answer" => ClientMessage::Answer { callsid: self.callsid()?, sdp: self.text("sdp", 31400)? },
            "reject" => ClientMessage::Reject { callsid: self.callsid()? },
            "hangup" => ClientMessage::Hangup { callsid: self.callsid()? },
            "reinvite" => ClientMessage::Reinvite { callsid: self.callsid()?, sdp: self.text("sdp", 31400)? },
            "dtmf" => self.dtmf()?,
            "message" => ClientMessage::Message {
                callsid: self.callsid()?,
                event_sid: self.text("voiceeventsid", 31400)?,
                kind: self.payload["messagetype"].as_str().unwrap_or_default().to_owned(),
                too_long: self.payload["content"].to_string().len() > LONGEST_CONTENT,
            },
            other => {
                return Err(self.malformed(31400, format!("Messages of the type {other:?} do not exist")));
            }
        })
    }

    fn invite(&self) -> Result<ClientMessage, Malformed> {
        let callsid = self.callsid()?;
        if let Some(reconnect) = self.payload["reconnect"].as_str().filter(|token| !token.is_empty()) {
            let sdp = self.payload["sdp"].as_str().filter(|sdp| !sdp.is_empty()).map(str::to_owned);
            return Ok(ClientMessage::Reconnect { callsid, reconnect: reconnect.to_owned(), sdp });
        }
        let params = self.payload["twilio"]["params"].as_str().unwrap_or_default().to_owned();
        if params.len() > LONGEST_PARAMS {
            let message = format!(
                "The connect parameters have {} bytes; at most {LONGEST_PARAMS} are allowed",
                params.len()
            );
            return Err(self.malformed(31103, message));
        }
        Ok(ClientMessage::Invite { callsid, sdp: self.text("sdp", 31400)?, params })
    }

    fn dtmf(&self) -> Result<ClientMessage, Malformed> {
        let digits = self.text("dtmf", 31400)?;
        if digits.chars().all(|key| matches!(key, '0'..='9' | '*' | '#' | 'w')) {
            return Ok(ClientMessage::Dtmf { callsid: self.callsid()?, digits });
        }
        Err(self.malformed(31400, "dtmf holds something else than 0-9, *, # and w".into()))
    }

    fn callsid(&self) -> Result<String, Malformed> {
        self.text("callsid", 31400)
    }

    fn text(&self, name: &str, code: u32) -> Result<String, Malformed> {
        match self.payload[name].as_str() {
            Some(text) if !text.is_empty() => Ok(text.to_owned()),
            _ => Err(self.malformed(code, format!("{} needs the text payload.{name}", self.kind))),
        }
    }

    fn malformed(&self, code: u32, message: String) -> Malformed {
        Malformed {
            code,
            message,
            callsid: self.payload["callsid"].as_str().map(str::to_owned),
            kind: self.kind.to_owned(),
            payload: self.payload.clone(),
        }
    }
}

/// What a browser is told.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerMessage {
    /// The `type`.
    pub kind: &'static str,
    /// The `payload`.
    pub payload: Value,
}

impl ServerMessage {
    fn new(kind: &'static str, payload: Value) -> Self {
        Self { kind, payload }
    }

    /// The token is accepted; `ttl` is its remaining life in seconds.
    #[must_use]
    pub fn connected(identity: Option<&str>, ttl: i64, edge: &str) -> Self {
        let payload = json!({
            "region": "US_EAST_VIRGINIA", "edge": edge, "home": "us1", "gateway": "emulator",
            "token": {"identity": identity, "ttl": ttl},
        });
        Self::new("connected", payload)
    }

    /// Can be called.
    #[must_use]
    pub fn ready() -> Self {
        Self::new("ready", json!({}))
    }

    /// Can no longer be called.
    #[must_use]
    pub fn offline() -> Self {
        Self::new("offline", json!({}))
    }

    /// The SDK must give this socket up and not come back.
    #[must_use]
    pub fn close() -> Self {
        Self::new("close", json!({}))
    }

    /// Something was wrong, perhaps with a call.
    #[must_use]
    pub fn error(code: u32, message: &str, callsid: Option<&str>) -> Self {
        let mut payload = Map::new();
        payload.insert("error".into(), json!({"code": code, "message": message}));
        if let Some(callsid) = callsid {
            payload.insert("callsid".into(), callsid.into());
        }
        Self::new("error", Value::Object(payload))
    }

    /// A call message was not delivered.
    #[must_use]
    pub fn message_error(code: u32, message: &str, callsid: &str, event_sid: &str) -> Self {
        let error = json!({"code": code, "message": message});
        Self::new("error", json!({"error": error, "callsid": callsid, "voiceeventsid": event_sid}))
    }

    /// A call message was delivered.
    #[must_use]
    pub fn ack(callsid: &str, event_sid: &str) -> Self {
        Self::new("ack", json!({"acktype": "message", "callsid": callsid, "voiceeventsid": event_sid}))
    }

    /// The callee is alerted; with an SDP there is early media.
    #[must_use]
    pub fn ringing(callsid: &str, sdp: Option<&str>) -> Self {
        let mut payload = json!({"callsid": callsid});
        if let Some(sdp) = sdp {
            payload["sdp"] = sdp.into();
        }
        Self::new("ringing", payload)
    }

    /// The call is answered, taken up again, or its ICE restarted.
    #[must_use]
    pub fn answer(callsid: &str, sdp: Option<&str>, reconnect: Option<&str>) -> Self {
        let mut payload = json!({"callsid": callsid});
        if let Some(sdp) = sdp {
            payload["sdp"] = sdp.into();
        }
        if let Some(reconnect) = reconnect {
            payload["reconnect"] = reconnect.into();
        }
        Self::new("answer", payload)
    }

    /// An incoming call.
    #[must_use]
    pub fn invite(callsid: &str, sdp: &str, reconnect: &str, parameters: Value) -> Self {
        let payload =
            json!({"callsid": callsid, "sdp": sdp, "reconnect": reconnect, "parameters": parameters});
        Self::new("invite", payload)
    }

    /// An incoming call is no longer there.
    #[must_use]
    pub fn cancel(callsid: &str) -> Self {
        Self::new("cancel", json!({"callsid": callsid}))
    }

    /// A call is over.
    #[must_use]
    pub fn hangup(callsid: &str, error: Option<(u32, &str)>) -> Self {
        let mut payload = json!({"callsid": callsid});
        if let Some((code, message)) = error {
            payload["error"] = json!({"code": code, "message": message});
        }
        Self::new("hangup", payload)
    }

    /// The call that the message is about.
    #[must_use]
    pub fn callsid(&self) -> Option<&str> {
        self.payload["callsid"].as_str()
    }

    /// The text frame.
    #[must_use]
    pub fn to_text(&self) -> String {
        json!({"type": self.kind, "version": "1.6", "payload": self.payload}).to_string()
    }
}
