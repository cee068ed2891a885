//! TLS: the certificate that the emulator shows, and those that it believes.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};

/// A second listener that speaks TLS and serves everything, for whatever host name it is asked.
#[derive(Clone)]
pub struct Tls {
    /// Where; port 0 takes a free one.
    pub bind: SocketAddr,
    /// The certificate and those between it and its root, PEM.
    pub certificate_pem: String,
    /// The certificate's private key, PEM.
    pub key_pem: String,
}

impl Tls {
    /// On a free port of the loopback interface.
    #[must_use]
    pub fn new(certificate_pem: impl Into<String>, key_pem: impl Into<String>) -> Self {
        Self {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            certificate_pem: certificate_pem.into(),
            key_pem: key_pem.into(),
        }
    }
}

/// The key never reaches a log by way of `{:?}`.
impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("bind", &self.bind).finish_non_exhaustive()
    }
}
