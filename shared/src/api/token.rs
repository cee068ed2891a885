use serde::{Deserialize, Serialize};

use crate::PhoneNumber;

/// Answer of [`super::paths::TOKEN`].
#[derive(Clone, Deserialize, Serialize)]
pub struct AccessToken {
    /// The line it is for. Tabs of one browser share the session, and another one may have signed in as another line.
    pub phone_number: PhoneNumber,
    /// JWT, HS256, `cty: twilio-fpa;v=1`.
    pub token: String,
    /// Seconds from now until it expires.
    pub lifetime_s: u32,
    pub signaling: Signaling,
}

/// Where the SDK should signal.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Signaling {
    /// Twilio edges in the order of preference, for the SDK's `edge` option; never empty.
    pub edges: Vec<String>,
    /// Set in the demo: the emulator's shim leads the signaling of every edge there instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emulator: Option<PlainSignaling>,
}

/// A signaling server on this machine that speaks `ws` without TLS.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct PlainSignaling {
    /// `host:port`.
    pub host: String,
}
