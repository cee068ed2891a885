//! Who is in front of the server, and what else it listens for.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use ipnet::IpNet;
use url::Url;

use super::{
    fault::{Fault, fault},
    number::number,
    raw::{List, RawSettings},
    text::text,
};

/// Service managers kill what has not ended after a minute and a half.
const DRAIN_S: (u32, u32) = (0, 60);

/// Proxies, the operations listener, pages of other origins.
#[derive(Clone, Debug)]
pub struct Network {
    /// Proxies whose word about the client's address counts.
    pub trusted_proxies: Vec<IpNet>,
    /// Where they write it.
    pub client_address_header: ClientAddressHeader,
    /// Where `metrics`, `healthz` and `readyz` are answered without a guard; nowhere when `None`.
    pub operations_bind: Option<SocketAddr>,
    /// How long the server goes on after it was told to stop, while `readyz` says that it will: until a load balancer sends it
    /// nothing any more.
    pub drain: Duration,
    /// Origins, other than our own, whose pages may use the API with the user's session. As browsers write them. Of our own
    /// site (`api.example.com` for `phone.example.com`): the session's cookie is SameSite=Strict whatever stands here.
    pub cors_origins: Vec<String>,
    /// Not from a file.
    pub time_limits: TimeLimits,
}

/// How long a client may take. Both are far more than a slow mobile network needs for our small requests, and far less than
/// somebody needs who wants to keep connections busy.
#[derive(Clone, Copy, Debug)]
pub struct TimeLimits {
    /// From the connection to the last header of its first request; then 408. For the next ones on a connection that is kept
    /// there is no such limit in actix; a proxy in front has one.
    pub head: Duration,
    /// From there to the end of the body; then 408.
    pub body: Duration,
    /// Between two requests on one connection.
    pub idle: Duration,
    /// How long a client may take nothing of what is sent to it; then the connection is cut.
    pub unread: Duration,
    /// Between two signs of life in a stream of events: proxies cut what is silent for a minute.
    pub beat: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        // A proxy that keeps connections must not find them closed when it uses them: nginx keeps them for 60 seconds.
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            unread: Duration::from_secs(60),
            beat: Duration::from_secs(15),
        }
    }
}

/// The header in which proxies write the client's address. One, not whichever is there: a proxy passes the other one on
/// as the client wrote it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ClientAddressHeader {
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            // The usual proxy is on the same host. Others on it can only lie about themselves.
            trusted_proxies: [
                (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
                (Ipv6Addr::LOCALHOST.into(), 128),
            ]
            .into_iter()
            .filter_map(|(address, length)| IpNet::new(address, length).ok())
            .collect(),
            client_address_header: ClientAddressHeader::XForwardedFor,
            operations_bind: None,
            drain: Duration::ZERO,
            cors_origins: Vec::new(),
            time_limits: TimeLimits::default(),
        }
    }
}

pub(super) fn network(raw: &mut RawSettings, https: Option<bool>, faults: &mut Vec<Fault>) -> Network {
    let base = Network::default();
    let header = text("client_address_header", raw.client_address_header.take(), faults).ok().flatten();
    Network {
        trusted_proxies: trusted_proxies(raw.trusted_proxies.take(), faults).unwrap_or(base.trusted_proxies),
        client_address_header: header
            .and_then(|header| client_address_header(&header, faults))
            .unwrap_or(base.client_address_header),
        operations_bind: text("operations_bind", raw.operations_bind.take(), faults)
            .ok()
            .flatten()
            .and_then(|text| operations_bind(&text, faults)),
        drain: number("drain_s", " of seconds", raw.drain_s.take(), DRAIN_S, faults)
            .map_or(base.drain, |seconds| Duration::from_secs(seconds.into())),
        cors_origins: cors_origins(raw.cors_origins.take(), https, faults).unwrap_or(base.cors_origins),
        time_limits: base.time_limits,
    }
}

fn trusted_proxies(raw: Option<List>, faults: &mut Vec<Fault>) -> Option<Vec<IpNet>> {
    // A single address is a network of one.
    let net = |text: &String| text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
    let nets = items(raw?).and_then(|items| items.iter().map(net).collect());
    if nets.is_none() {
        fault(
            faults,
            "trusted_proxies",
            "must list addresses or networks of proxies, such as [\"127.0.0.1\", \"10.0.0.0/8\"]; [] for none",
        );
    }
    nets
}

fn client_address_header(text: &str, faults: &mut Vec<Fault>) -> Option<ClientAddressHeader> {
    match text.to_ascii_lowercase().as_str() {
        "x-forwarded-for" => Some(ClientAddressHeader::XForwardedFor),
        "forwarded" => Some(ClientAddressHeader::Forwarded),
        _ => {
            fault(
                faults,
                "client_address_header",
                "must be the one that your proxy writes: X-Forwarded-For or Forwarded",
            );
            None
        }
    }
}

fn operations_bind(text: &str, faults: &mut Vec<Fault>) -> Option<SocketAddr> {
    let bind = text.parse().ok();
    if bind.is_none() {
        fault(
            faults,
            "operations_bind",
            "must be an address and a port, such as 127.0.0.1:9090; leave it empty for none",
        );
    }
    bind
}

fn cors_origins(raw: Option<List>, https: Option<bool>, faults: &mut Vec<Fault>) -> Option<Vec<String>> {
    let origins: Option<Vec<_>> =
        items(raw?).and_then(|items| items.iter().map(|item| origin(item)).collect());
    let Some(origins) = origins else {
        fault(
            faults,
            "cors_origins",
            "must list exact origins with https, such as [\"https://phone.example.com\"], without a path or a *",
        );
        return None;
    };
    // The cookie is SameSite=Strict, and browsers count http and https of one host as two sites.
    if !origins.is_empty() && https == Some(false) {
        fault(faults, "cors_origins", "needs a public_url with https; leave it out, or put TLS in front");
        return None;
    }
    Some(origins)
}

/// As a browser writes it in `Origin`; `None` for everything else, `*` and `null` above all.
fn origin(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let written = url.origin().ascii_serialization();
    let same = text.trim_end_matches('/').eq_ignore_ascii_case(&written);
    (url.scheme() == "https" && same && !written.contains('*')).then_some(written)
}

fn items(raw: List) -> Option<Vec<String>> {
    let items = match raw {
        List::Many(items) => items,
        List::One(text) => text.split(',').map(str::to_owned).collect(),
        List::Other(_) => return None,
    };
    Some(items.into_iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(toml: &str, https: bool) -> Result<Network, Vec<String>> {
        let mut raw: RawSettings = toml::from_str(toml).unwrap();
        let mut faults = Vec::new();
        let network = network(&mut raw, Some(https), &mut faults);
        if faults.is_empty() { Ok(network) } else { Err(faults.into_iter().map(|f| f.what).collect()) }
    }

    #[test]
    fn what_is_written_is_read() {
        let network = check(
            "trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\nclient_address_header = \"Forwarded\"\n\
             operations_bind = \"127.0.0.1:9090\"\ndrain_s = 5\ncors_origins = [\"https://Phone.example.com/\"]",
            true,
        )
        .unwrap();
        assert_eq!(
            network.trusted_proxies,
            ["10.0.0.0/8".parse().unwrap(), "::1/128".parse::<IpNet>().unwrap()]
        );
        assert_eq!(network.client_address_header, ClientAddressHeader::Forwarded);
        assert_eq!(network.operations_bind, Some(([127, 0, 0, 1], 9090).into()));
        assert_eq!(network.drain, Duration::from_secs(5));
        assert_eq!(network.cors_origins, ["https://phone.example.com"]);
    }

    #[test]
    fn an_empty_list_trusts_nobody_and_none_the_own_host() {
        assert!(check("trusted_proxies = []", true).unwrap().trusted_proxies.is_empty());
        let own = check("", true).unwrap().trusted_proxies;
        assert!(own.iter().any(|net| net.contains(&IpAddr::from([127, 0, 0, 1]))));
    }

    #[test]
    fn every_mistake_is_told() {
        for wrong in [
            "trusted_proxies = [\"everybody\"]",
            "trusted_proxies = 7",
            "client_address_header = \"X-Real-IP\"",
            "operations_bind = \"9090\"",
            "drain_s = 61",
            "cors_origins = [\"*\"]",
            "cors_origins = [\"null\"]",
            "cors_origins = [\"https://*.example.com\"]",
            "cors_origins = [\"https://phone.example.com/app\"]",
            "cors_origins = [\"http://phone.example.com\"]",
            "cors_origins = [\"https://user@phone.example.com\"]",
        ] {
            assert_eq!(check(wrong, true).unwrap_err().len(), 1, "{wrong}");
        }
        assert!(
            check("cors_origins = [\"https://phone.example.com\"]", false).unwrap_err()[0].contains("https")
        );
        assert!(check("cors_origins = \"https://a.example.com, https://b.example.com\"", true).is_ok());
    }
}
