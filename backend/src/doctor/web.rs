use std::time::Duration;

use reqwest::{Client, ClientBuilder, redirect::Policy, tls::TlsInfo};

use crate::web_client::{self, NoClient};

/// Longest wait for one answer: Twilio waits about as long for TwiML.
const TIMEOUT: Duration = Duration::from_secs(15);

/// A client that sees what Twilio would see: it follows nothing.
pub(super) fn client() -> Result<Client, NoClient> {
    web_client::client(dress)
}

/// Takes any certificate, to read it. Nothing secret is ever sent with it.
pub(super) fn credulous_client() -> Result<Client, NoClient> {
    web_client::client(|builder| dress(builder).tls_danger_accept_invalid_certs(true))
}

fn dress(builder: ClientBuilder) -> ClientBuilder {
    builder
        .timeout(TIMEOUT)
        .redirect(Policy::none())
        .tls_info(true)
        .user_agent(concat!("sidetone-doctor/", env!("CARGO_PKG_VERSION")))
}

/// The certificate that the answer's server has shown, DER.
pub(super) fn certificate(response: &reqwest::Response) -> Option<Vec<u8>> {
    Some(response.extensions().get::<TlsInfo>()?.peer_certificate()?.to_vec())
}
