use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use backend::{config, error_chain::with_causes};
use shared::api::paths;

use super::{args::ConfigArgs, terminal::print};

/// Less than whoever asks usually waits.
const TIMEOUT: Duration = Duration::from_secs(4);

/// Asks the server of this configuration, on this machine, whether it and its database answer: for containers, which have no
/// other program to ask with.
pub(super) async fn health(args: ConfigArgs) -> Result<()> {
    let settings = config::load(args.file())?;
    let address = within_reach(settings.bind);
    let url = format!("http://{address}/{}", paths::HEALTH);
    // Plain HTTP to this machine: no proxy, and nobody's certificate.
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).timeout(TIMEOUT).build()?;
    let answer = match client.get(&url).send().await {
        Ok(answer) => answer,
        Err(error) if error.is_timeout() => {
            bail!("the server at {address} does not answer within {TIMEOUT:?}")
        }
        Err(error) => bail!("no server answers at {address}: {}", with_causes(&error.without_url())),
    };
    let status = answer.status();
    let words = answer.text().await.context("the answer cannot be read")?;
    if !status.is_success() {
        bail!("the server at {address} says: {} ({status})", words.trim());
    }
    print(words.trim());
    Ok(())
}

/// Who listens everywhere listens on loopback, too.
fn within_reach(bind: SocketAddr) -> SocketAddr {
    match bind.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, bind.port()).into(),
        IpAddr::V6(ip) if ip.is_unspecified() => (Ipv6Addr::LOCALHOST, bind.port()).into(),
        _ => bind,
    }
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
