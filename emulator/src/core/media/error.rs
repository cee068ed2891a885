use std::net::IpAddr;

use super::event::EndpointId;

/// Why the media engine could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The session description cannot be used for a call.
    #[error("bad session description: {reason}")]
    BadSdp {
        /// What is wrong and what would be right.
        reason: String,
    },
    /// There is no such endpoint, or it was closed.
    #[error("there is no media endpoint {0}: it was closed or never existed")]
    NoEndpoint(EndpointId),
    /// The endpoint exists but is not in the state that the request needs.
    #[error("endpoint {id}: {reason}")]
    WrongState {
        /// The endpoint that was named.
        id: EndpointId,
        /// What is wrong and what would be right.
        reason: &'static str,
    },
    /// The emulator serves the machine that it runs on, and no other.
    #[error(
        "cannot receive media on {0}: name a loopback address, such as 127.0.0.1; the machine's other addresses follow by themselves"
    )]
    NotLoopback(IpAddr),
    /// The UDP socket or the media thread could not be created.
    #[error("cannot start the media engine: {0}")]
    Start(#[from] std::io::Error),
    /// No DTLS certificate could be made.
    #[error("cannot make a DTLS certificate")]
    Certificate,
    /// The engine was shut down.
    #[error("the media engine is stopped")]
    Stopped,
}

impl MediaError {
    pub(crate) fn bad_sdp(reason: impl ToString) -> Self {
        Self::BadSdp { reason: reason.to_string() }
    }
}
