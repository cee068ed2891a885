//! What the emulator is started with.

mod timing;
mod tls;

pub use timing::{Timing, TokenRefusal};
pub use tls::Tls;

use std::net::{Ipv4Addr, SocketAddr};

use crate::core::account::Account;
use crate::core::phones::PhoneSeed;

/// Everything the emulator needs to know at its start.
///
/// The default listens on a free port of the loopback interface, with the well-known credentials of
/// [`Account::default`] and no phone numbers.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where HTTP and signaling are served; port 0 takes a free one. Media uses a free UDP port of the same address.
    pub bind: SocketAddr,
    /// The one UDP port of all audio, on that address alone, for whoever passes packets on to it. `None`: a free port on every
    /// address of this machine, as browsers have it best.
    pub media_port: Option<u16>,
    /// The one account of this emulator.
    pub account: Account,
    /// Delays and limits.
    pub timing: Timing,
    /// The external phones that exist from the start.
    pub phones: Vec<PhoneSeed>,
    /// A second listener, with TLS.
    pub tls: Option<Tls>,
    /// Certificates, PEM, that webhooks believe in beside the roots of the system.
    pub trusted_roots_pem: Vec<String>,
    /// Host names that webhooks find on this machine whatever the name service says. A port counts when the URL has
    /// none.
    pub hosts: Vec<(String, SocketAddr)>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            media_port: None,
            account: Account::default(),
            timing: Timing::default(),
            phones: Vec::new(),
            tls: None,
            trusted_roots_pem: Vec::new(),
            hosts: Vec::new(),
        }
    }
}
