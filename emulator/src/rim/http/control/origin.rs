//! Which pages may open a handset socket.
//!
//! Browsers let any page in the world open a WebSocket to this machine, and say in `Origin` which page it is.

use std::net::SocketAddr;

use url::{Host, Url};

/// Whether `origin` is the emulator itself, served by `scheme` at `local`, under one of the names of this machine.
///
/// Names that merely resolve to this machine do not count: anybody can have one.
pub(super) fn is_own(origin: &str, scheme: &str, local: SocketAddr) -> bool {
    let Ok(url) = Url::parse(origin) else { return false };
    let this_machine = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => local.ip() == address,
        Some(Host::Ipv6(address)) => local.ip() == address,
        None => false,
    };
    // The string of an origin is nothing but the origin.
    this_machine
        && url.scheme() == scheme
        && url.port_or_known_default() == Some(local.port())
        && url.origin().ascii_serialization() == origin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_emulator_itself() {
        let local: SocketAddr = "127.0.0.1:8081".parse().unwrap();
        for own in ["http://127.0.0.1:8081", "http://localhost:8081"] {
            assert!(is_own(own, "http", local), "{own}");
        }
        for other in [
            "http://127.0.0.1:8080",
            "http://localhost",
            "https://localhost:8081",
            "http://localhost.example:8081",
            "http://127.0.0.2:8081",
            "http://[::1]:8081",
            "http://user@localhost:8081",
            "http://localhost:8081/page",
            "http://example.com:8081",
            "null",
            "file://",
            "",
        ] {
            assert!(!is_own(other, "http", local), "{other}");
        }
        assert!(is_own("http://[::1]:8081", "http", "[::1]:8081".parse().unwrap()));
        assert!(is_own("https://localhost:8081", "https", local));
        assert!(is_own("http://localhost", "http", "127.0.0.1:80".parse().unwrap()));
    }
}
