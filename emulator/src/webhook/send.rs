//! Sends requests. No request is repeated and no redirection is followed.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_TYPE, HeaderName, LOCATION};

use super::failure::{describe, failure};
use super::{Fault, Reply, Request};
use crate::config::Method;

const SIGNATURE: HeaderName = HeaderName::from_static("x-twilio-signature");
const IDEMPOTENCY: HeaderName = HeaderName::from_static("i-twilio-idempotency-token");
/// Twilio connects within 5 s or not at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Bodies beyond this are cut; the TwiML reader refuses them long before.
const LONGEST_BODY: usize = 1024 * 1024;
/// Twilio plays files up to 40 MB.
const LARGEST_AUDIO: usize = 40 * 1024 * 1024;

/// The HTTP client of the emulator.
#[derive(Clone)]
pub struct Sender {
    client: reqwest::Client,
}

impl Sender {
    /// A client that gives up after `timeout`, believes the roots of the system and those in `roots_pem`, and finds
    /// the names in `hosts` at those addresses.
    ///
    /// # Errors
    /// A text when a root is no certificate, or the HTTP client cannot be set up.
    pub fn new(
        timeout: Duration,
        roots_pem: &[String],
        hosts: &[(String, SocketAddr)],
    ) -> Result<Self, String> {
        let mut roots = Vec::new();
        for pem in roots_pem {
            let found = reqwest::Certificate::from_pem_bundle(pem.as_bytes());
            let found = found.map_err(|error| format!("a trusted root is not PEM: {}", describe(&error)))?;
            if found.is_empty() {
                return Err("a trusted root has no certificate in it; it must be PEM".into());
            }
            roots.extend(found);
        }
        let mut builder = reqwest::Client::builder();
        for (name, address) in hosts {
            builder = builder.resolve(name, *address);
        }
        let client = builder
            .no_proxy()
            .tls_certs_merge(roots)
            .user_agent("TwilioProxy/1.1")
            .timeout(timeout)
            .connect_timeout(CONNECT_TIMEOUT.min(timeout))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| describe(&error))?;
        Ok(Self { client })
    }

    /// Sends `request` with its signature and waits for the whole answer.
    pub async fn send(&self, request: &Request, signature: &str) -> Reply {
        let start = Instant::now();
        let mut reply = match self.exchange(request, signature).await {
            Ok(reply) => reply,
            Err(error) => failed(failure(&error)),
        };
        reply.millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        reply
    }

    /// Fetches an audio file.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn fetch(&self, url: &str) -> Result<Vec<u8>, String> {
        let mut answer = self.client.get(url).send().await.map_err(|error| describe(&error))?;
        if !answer.status().is_success() {
            return Err(format!("the status was {}; it must be 2xx", answer.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| describe(&error))? {
            body.extend_from_slice(&chunk);
            if body.len() > LARGEST_AUDIO {
                return Err(format!("the file has more than {LARGEST_AUDIO} bytes"));
            }
        }
        Ok(body)
    }

    async fn exchange(&self, request: &Request, signature: &str) -> Result<Reply, reqwest::Error> {
        let target = request.target();
        let outgoing = match request.method {
            Method::Get => self.client.get(&target),
            Method::Post => self
                .client
                .post(&target)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8")
                .body(request.encoded()),
        };
        let mut answer = outgoing
            .header(SIGNATURE, signature)
            .header(IDEMPOTENCY, uuid::Uuid::new_v4().to_string())
            .header("Accept", "*/*")
            .send()
            .await?;
        if let Some(place) = answer.headers().get(LOCATION)
            && answer.status().is_redirection()
        {
            let message = format!(
                "HTTP retrieval failure: the answer redirects to {}; the emulator does not follow, so configure \
                 that URL",
                String::from_utf8_lossy(place.as_bytes())
            );
            return Ok(failed(Fault { code: 11200, message }));
        }
        let content_type = answer
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(|value| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
            .filter(|value| !value.is_empty());
        let status = answer.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST_BODY {
                break;
            }
        }
        let (body, is_utf8) = match String::from_utf8(body) {
            Ok(text) => (text, true),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), false),
        };
        Ok(Reply { status: Some(status), content_type, body, is_utf8, error: None, millis: 0 })
    }
}

fn failed(fault: Fault) -> Reply {
    Reply {
        status: None,
        content_type: None,
        body: String::new(),
        is_utf8: true,
        error: Some(fault),
        millis: 0,
    }
}
