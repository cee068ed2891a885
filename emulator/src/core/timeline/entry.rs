//! One line of the timeline.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

/// Something that happened at a time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Counts from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// The leg it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_sid: Option<String>,
    /// The leg that the leg was dialled from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_call_sid: Option<String>,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}

impl Entry {
    /// Whether the entry belongs to this leg or to one dialled from it.
    #[must_use]
    pub fn concerns(&self, call_sid: &str) -> bool {
        self.call_sid.as_deref() == Some(call_sid) || self.parent_call_sid.as_deref() == Some(call_sid)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum Event {
    /// A browser opened a signaling socket.
    SocketOpened {
        /// Counts sockets.
        socket: u64,
    },
    /// A signaling socket is gone.
    SocketClosed {
        /// Which one.
        socket: u64,
    },
    /// A browser said something. Tokens are shortened.
    SignalIn {
        /// Which socket.
        socket: u64,
        /// Whose it is, once known.
        identity: Option<String>,
        /// The message's `type`.
        message: String,
        /// The message's `payload`.
        payload: Value,
    },
    /// A browser was told something.
    SignalOut {
        /// Which socket.
        socket: u64,
        /// Whose it is, once known.
        identity: Option<String>,
        /// The message's `type`.
        message: String,
        /// The message's `payload`.
        payload: Value,
    },
    /// How many sockets of an identity can be called now.
    Registered {
        /// The client name.
        identity: String,
        /// Registrations.
        count: usize,
    },
    /// The application is asked.
    WebhookRequest {
        /// Ties question and answer.
        id: u64,
        /// GET or POST.
        method: String,
        /// As sent.
        url: String,
        /// All parameters in the order of the body.
        params: Vec<(String, String)>,
        /// `X-Twilio-Signature`.
        signature: String,
    },
    /// A request is sent again.
    WebhookRetry {
        /// Ties question and answer.
        id: u64,
        /// Counts from 1.
        retry: u32,
        /// What failed.
        why: String,
    },
    /// A test has ordered that something befalls a request on its way.
    WebhookDisturbed {
        /// Ties question and answer.
        id: u64,
        /// `late`, `twice`, `held`, `swallowed`.
        what: String,
    },
    /// The application's answer.
    WebhookReply {
        /// Ties question and answer.
        id: u64,
        /// HTTP status; none when there was no answer.
        status: Option<u16>,
        /// The TwiML, or whatever was sent.
        body: String,
        /// Why there was no answer.
        error: Option<String>,
        /// How long it took.
        millis: u64,
    },
    /// A TwiML verb begins.
    Verb {
        /// `Dial`, `Say`, …
        verb: String,
        /// The text said, the numbers dialled, …
        detail: String,
    },
    /// A leg exists.
    CallCreated {
        /// Caller, as in webhooks.
        from: String,
        /// Callee, as in webhooks.
        to: String,
        /// `inbound` or `outbound-dial`.
        direction: String,
    },
    /// A leg's status changed.
    CallStatus {
        /// The new one.
        status: String,
    },
    /// Two legs hear each other.
    Bridged {
        /// The other leg.
        with: String,
    },
    /// Something about the audio.
    Media {
        /// What.
        what: String,
    },
    /// A key was pressed by this leg.
    Key {
        /// `0`–`9`, `*`, `#`.
        key: char,
        /// `rtp` or `signaling`.
        by: String,
    },
    /// An external phone did something.
    Phone {
        /// Its number.
        number: String,
        /// What.
        action: String,
    },
    /// Something does not happen as it was asked for.
    Fault {
        /// Whose fault it is.
        kind: FaultKind,
        /// Twilio's number for it; 0 when this emulator is at fault.
        #[serde(skip_serializing_if = "is_zero")]
        code: u32,
        /// What is wrong and what would be right.
        message: String,
    },
    /// A recording begins, is over, can be heard, or is absent.
    Recording {
        /// `RE…`
        recording: String,
        /// `in-progress`, `processing`, `completed`, `absent`, `deleted`.
        status: String,
    },
    /// The REST API was asked.
    Rest {
        /// GET, POST or DELETE.
        method: String,
        /// Without the query.
        path: String,
        /// Query and form.
        parameters: Vec<(String, String)>,
        /// HTTP status of the answer.
        status: u16,
    },
    /// The SDK reported something to the Insights service.
    Insight {
        /// The request's path.
        path: String,
        /// The report's group.
        group: String,
        /// The report's name.
        name: String,
    },
}

/// Whose fault it is that something does not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Twilio would not do it either, and shows this error or warning in its debugger.
    Twilio,
    /// Twilio would do it; this emulator cannot.
    Lacking,
}

impl Event {
    /// Twilio's code when this is a fault that Twilio would find, too.
    #[must_use]
    pub fn fault_code(&self) -> Option<u32> {
        match self {
            Event::Fault { kind: FaultKind::Twilio, code, .. } => Some(*code),
            _ => None,
        }
    }

    /// What this emulator lacks, when this says so.
    #[must_use]
    pub fn lacking(&self) -> Option<&str> {
        match self {
            Event::Fault { kind: FaultKind::Lacking, message, .. } => Some(message),
            _ => None,
        }
    }

    /// What it takes, in bytes, about.
    pub(crate) fn weight(&self) -> usize {
        /// An entry with nothing long in it.
        const USUAL: usize = 256;
        let pairs = |pairs: &[(String, String)]| {
            pairs.iter().map(|(name, value)| name.len() + value.len() + 48).sum::<usize>()
        };
        let long = match self {
            Event::SignalIn { message, payload, .. } | Event::SignalOut { message, payload, .. } => {
                message.len() + value_weight(payload)
            }
            Event::WebhookRequest { url, params, .. } => url.len() + pairs(params),
            Event::WebhookReply { body, .. } => body.len(),
            Event::Verb { detail, .. } => detail.len(),
            Event::WebhookRetry { why, .. } => why.len(),
            Event::Media { what } => what.len(),
            Event::Phone { action, .. } => action.len(),
            Event::Fault { message, .. } => message.len(),
            Event::Rest { path, parameters, .. } => path.len() + pairs(parameters),
            Event::Insight { group, name, .. } => group.len() + name.len(),
            Event::CallCreated { from, to, .. } => from.len() + to.len(),
            Event::SocketOpened { .. }
            | Event::SocketClosed { .. }
            | Event::Registered { .. }
            | Event::CallStatus { .. }
            | Event::WebhookDisturbed { .. }
            | Event::Bridged { .. }
            | Event::Recording { .. }
            | Event::Key { .. } => 0,
        };
        USUAL + long
    }
}

fn value_weight(value: &Value) -> usize {
    const SMALL: usize = 32;
    SMALL
        + match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
            Value::String(text) => text.len(),
            Value::Array(values) => values.iter().map(value_weight).sum(),
            Value::Object(values) => {
                values.iter().map(|(name, value)| name.len() + SMALL + value_weight(value)).sum()
            }
        }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(code: &u32) -> bool {
    *code == 0
}
