use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use shared::api::DemoWorld;

use super::{
    dial::Dial, network::Network, openid::OpenIdSettings, postgres_url::PostgresUrl, sign_in::SignInSettings,
};
use crate::{
    dialling::{limits::DialLimits, policy::Permitted},
    page_source::PageSource,
    public_url::PublicUrl,
    twilio::Credentials,
};

/// Everything the server needs to know. Plain data, so that tests can build it; [`crate::config::load()`] builds it from a
/// file and the environment and checks it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub bind: SocketAddr,
    /// How browsers and Twilio reach the server.
    pub public_url: PublicUrl,
    pub database: Database,
    /// The built UI.
    pub page: PageSource,
    pub twilio: Credentials,
    /// Twilio edges in the order of preference; never empty.
    pub edges: Vec<String>,
    /// Whom lines may dial, and how much.
    pub dial: Dial,
    /// Seconds an access token is good for.
    pub token_lifetime_s: u32,
    /// Seconds until a signed-in browser must sign in again.
    pub session_lifetime_s: u32,
    /// Seconds the far end may ring.
    pub ring_timeout_s: u32,
    /// Seconds a call may last.
    pub call_time_limit_s: u32,
    /// Proxies, other listeners, other origins.
    pub network: Network,
    /// Idle sessions, the audit log.
    pub sign_in: SignInSettings,
    /// Sign-in by OpenID Connect; `None` when there is none.
    pub openid: Option<OpenIdSettings>,
    /// `host:port` of an emulator that takes the signaling. Never from a file: a server with an account has none.
    pub signaling_emulator: Option<String>,
    /// What `GET api/demo` tells; `None` outside the demo.
    pub demo: Option<DemoWorld>,
}

/// Where lines, sessions and calls are kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Database {
    /// An SQLite file, made when absent.
    File(PathBuf),
    /// Gone when the server stops.
    Memory,
    /// For several servers at once.
    Postgres(PostgresUrl),
}

impl Database {
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Memory | Self::Postgres(_) => None,
        }
    }
}

impl Settings {
    /// Whom lines may dial.
    pub(crate) fn permitted(&self) -> Permitted {
        Permitted { countries: self.dial.countries.clone(), shared_cost: self.dial.shared_cost }
    }

    /// How much lines may dial.
    pub(crate) fn dial_limits(&self) -> DialLimits {
        DialLimits {
            calls_at_once: self.dial.calls_at_once,
            line_minutes: self.dial.minutes_per_day,
            server_minutes: self.dial.server_minutes_per_day,
            longest_s: self.call_time_limit_s,
            ringing_s: self.ring_timeout_s,
        }
    }

    /// Sensible values for everything but the account, the public URL and the database.
    pub fn new(public_url: PublicUrl, database: Database, twilio: Credentials) -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url,
            database,
            page: PageSource::default(),
            twilio,
            edges: vec!["roaming".to_owned()],
            dial: Dial::default(),
            token_lifetime_s: 900,
            session_lifetime_s: 30 * 86_400,
            ring_timeout_s: 30,
            call_time_limit_s: 4 * 3600,
            network: Network::default(),
            sign_in: SignInSettings::default(),
            openid: None,
            signaling_emulator: None,
            demo: None,
        }
    }
}
