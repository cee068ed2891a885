//! How the server is asked on its own machine.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use reqwest::Client;
use shared::api::paths;

/// Where a server that listens here answers whether it and its database are well. Who listens everywhere listens on loopback, too.
pub fn health(bind: SocketAddr) -> String {
    format!("http://{}/{}", within_reach(bind), paths::HEALTH)
}

/// An address on which one that listens here is reached from this machine.
pub fn within_reach(bind: SocketAddr) -> SocketAddr {
    match bind.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, bind.port()).into(),
        IpAddr::V6(ip) if ip.is_unspecified() => (Ipv6Addr::LOCALHOST, bind.port()).into(),
        _ => bind,
    }
}

/// Plain HTTP to this machine: no proxy, nobody's certificate, and each request knocks anew.
///
/// # Errors
/// The library cannot make one.
pub fn client(patience: Duration) -> reqwest::Result<Client> {
    Client::builder().no_proxy().tls_certs_only([]).pool_max_idle_per_host(0).timeout(patience).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_listens_everywhere_is_asked_on_loopback() {
        for (bind, asked) in [
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:8080", "[::1]:8080"),
            ("192.0.2.7:80", "192.0.2.7:80"),
            ("127.0.0.1:9000", "127.0.0.1:9000"),
        ] {
            assert_eq!(within_reach(bind.parse().unwrap()).to_string(), asked);
        }
    }
}
