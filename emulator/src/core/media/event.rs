use std::fmt;

use super::analysis::Heard;
use super::recorder::Recorded;

/// Names somebody with a mouth and an ear. Never used twice in one engine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct EndpointId(u64);

impl EndpointId {
    /// `number` names nobody else.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }
}

impl fmt::Display for EndpointId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "endpoint-{}", self.0)
    }
}

/// Something happened to an endpoint.
#[derive(Clone, PartialEq, Debug)]
pub enum MediaEvent {
    /// Audio can flow; also after an ICE restart.
    Connected(EndpointId),
    /// No packets on the network path for 15 s; browsers notice after about 6 s. It may come back by itself or
    /// by an ICE restart: not the end of a call.
    IceDisconnected(EndpointId),
    /// The browser closed the connection in good order; a hangup usually comes at the same time by signaling.
    Closed(EndpointId),
    /// The connection is lost for good, and why.
    Failed(EndpointId, String),
    /// A browser pressed a key (RFC 4733). One event for each press, in order.
    Dtmf {
        /// Who pressed.
        endpoint: EndpointId,
        /// `0`–`9`, `*`, `#`, `A`–`D`.
        key: char,
        /// How long it was held, milliseconds.
        duration_ms: u32,
    },
    /// The finite sound of [`Hears::Sound`](super::Hears) was heard to its end by this endpoint, which hears silence now.
    /// Not sent for a sound that was replaced before its end.
    SoundEnded(EndpointId),
    /// This virtual endpoint has said the finite sound of `say` to its end and is silent now.
    /// Not sent for a sound that was replaced before its end.
    SaidEnded(EndpointId),
    /// What this endpoint said since it was to be recorded. Once for each recording, also when the endpoint is gone.
    Recorded(EndpointId, Recorded),
}

/// What an endpoint heard and said in the last 200 ms, and its connection.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Measurement {
    /// What came to its ear.
    pub heard: Heard,
    /// What left its mouth.
    pub said: Heard,
    /// Whether audio can flow. Always true for a virtual endpoint.
    pub connected: bool,
    /// Whether keys can be sent as RTP telephone-events. Always false for a virtual endpoint.
    pub dtmf_negotiated: bool,
}
