//! The one way of asking others over HTTPS. Believed are the system's certificate authorities; where it has none, as in an empty
//! container, those inside this program.

use reqwest::{Certificate, Client, ClientBuilder};
use thiserror::Error;

use crate::error_chain::of_request;

/// Why nobody can be asked.
#[derive(Debug, Error)]
pub enum NoClient {
    /// Others than those that were named are not believed instead.
    #[error(
        "{variable} names {place}, where no certificate authority can be read{why}; let it name a PEM file or a folder of them \
         that this user may read, or leave it out"
    )]
    Named { variable: &'static str, place: String, why: String },
    #[error("{}", of_request(.0))]
    Client(#[from] reqwest::Error),
}

/// A client; who asks says how long it waits, and what it follows.
pub(crate) fn client(dress: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Client, NoClient> {
    let builder = dress(Client::builder());
    let builder = if believes_system()? { builder } else { builder.tls_certs_only(inside()?) };
    Ok(builder.build()?)
}

/// Mozilla's list, as it was when this was built.
fn inside() -> Result<Vec<Certificate>, reqwest::Error> {
    webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|der| Certificate::from_der(der)).collect()
}

/// Whether the system has certificate authorities.
#[cfg(all(unix, not(target_vendor = "apple")))]
fn believes_system() -> Result<bool, NoClient> {
    /// Variables that name certificate authorities in place of the system's.
    const NAMED_BY: [&str; 2] = ["SSL_CERT_FILE", "SSL_CERT_DIR"];
    static TOLD: std::sync::Once = std::sync::Once::new();
    let found = rustls_native_certs::load_native_certs();
    let why = found.errors.first().map(ToString::to_string);
    let named = NAMED_BY.into_iter().find_map(|name| {
        let place = std::env::var_os(name).filter(|place| !place.is_empty())?;
        Some((name, place.to_string_lossy().into_owned()))
    });
    let believes = judge(found.certs.len(), named, why.as_deref())?;
    if !believes {
        TOLD.call_once(|| {
            let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
            tracing::info!(
                "the system has no certificate authorities{why}: those inside this program are believed"
            );
        });
    }
    Ok(believes)
}

/// The platform has its own way, which always knows some.
#[cfg(not(all(unix, not(target_vendor = "apple"))))]
fn believes_system() -> Result<bool, NoClient> {
    Ok(true)
}

#[cfg(any(test, all(unix, not(target_vendor = "apple"))))]
fn judge(found: usize, named: Option<(&'static str, String)>, why: Option<&str>) -> Result<bool, NoClient> {
    match named {
        Some((variable, place)) if found == 0 => {
            let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
            Err(NoClient::Named { variable, place, why })
        }
        _ => Ok(found > 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_without_authorities_is_helped_out_and_named_ones_are_not_replaced() {
        assert!(judge(140, None, Some("one of them is spoiled")).unwrap());
        assert!(!judge(0, None, None).unwrap());
        let named = || Some(("SSL_CERT_FILE", "/etc/none.pem".to_owned()));
        assert!(judge(1, named(), None).unwrap());
        let error = judge(0, named(), Some("no such file")).unwrap_err().to_string();
        assert!(error.contains("SSL_CERT_FILE names /etc/none.pem"), "{error}");
        assert!(error.contains("(no such file)") && error.contains("leave it out"), "{error}");
    }

    #[tokio::test]
    async fn those_inside_make_a_client_that_believes_no_stranger() {
        let inside = inside().unwrap();
        assert!(inside.len() > 100, "{} authorities", inside.len());
        let client = Client::builder().tls_certs_only(inside).build().unwrap();
        let url = strange_server();
        let error = client.get(url).send().await.unwrap_err();
        let words = of_request(&error);
        assert!(words.contains("UnknownIssuer"), "{words}");
    }

    /// Shows a certificate of its own making to whoever comes; gives its URL.
    fn strange_server() -> String {
        use std::sync::Arc;

        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
        std::thread::spawn(move || {
            let (mut socket, _) = listener.accept().unwrap();
            let mut tls = rustls::ServerConnection::new(Arc::new(config)).unwrap();
            while tls.is_handshaking() && tls.complete_io(&mut socket).is_ok() {}
        });
        url
    }
}
