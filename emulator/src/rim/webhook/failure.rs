//! Why a request failed, with Twilio's number for it (<https://www.twilio.com/docs/api/errors>).

use std::error::Error;
use std::io;

use rustls::CertificateError::{
    Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext,
};

use crate::core::Fault;

/// The failure of a request that got no answer.
pub(super) fn failure(error: &reqwest::Error) -> Fault {
    let text = describe(error);
    let (code, what) = match tls_error(error) {
        Some(rustls::Error::InvalidCertificate(NotValidForName | NotValidForNameContext { .. })) => {
            (11235, "certificate invalid, domain mismatch")
        }
        Some(rustls::Error::InvalidCertificate(
            Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. },
        )) => (11236, "certificate invalid, certificate expired"),
        Some(rustls::Error::InvalidCertificate(_)) => {
            (11237, "certificate invalid, could not find path to certificate")
        }
        Some(_) => (11220, "SSL/TLS handshake error"),
        None => (11200, "HTTP retrieval failure"),
    };
    Fault { code, message: format!("{what}: {text}") }
}

/// The TLS error behind an error, if that is why.
fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let mut cause = Some(error);
    while let Some(inner) = cause {
        if let Some(tls) = inner.downcast_ref::<rustls::Error>() {
            return Some(tls);
        }
        // What an I/O error wraps is not among its sources.
        let wrapped = inner.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(tls) = wrapped.and_then(|wrapped| tls_error(wrapped)) {
            return Some(tls);
        }
        cause = inner.source();
    }
    None
}

/// The error in words, with everything that is behind it.
pub(super) fn describe(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".into();
    }
    let mut text = error.to_string();
    let mut cause = Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
