//! Sends requests, again and again as far as their address says so; redirections of a webhook are the exchange's business, for each is signed.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, COOKIE, HeaderName, LOCATION, SET_COOKIE};
use reqwest::{ClientBuilder, Response};

use super::cookies::Jar;
use super::failure::{describe, failure};
use crate::core::webhook::{AudioFault, Failure, Reply, Request, decode, follow, is_audio, retrieval};
use crate::core::{Fault, Method};

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
    /// A client that gives up after `timeout`, believes the roots of the system and those in `roots_pem` (those alone, where
    /// the system has none), and finds the names in `hosts` at those addresses.
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
        let builder = || {
            let named = |builder: ClientBuilder, (name, address): &(String, SocketAddr)| {
                builder.resolve(name, *address)
            };
            hosts
                .iter()
                .fold(reqwest::Client::builder(), named)
                .no_proxy()
                .user_agent("TwilioProxy/1.1")
                .timeout(timeout)
                .connect_timeout(CONNECT_TIMEOUT.min(timeout))
                .redirect(reqwest::redirect::Policy::none())
        };
        // An empty container has no roots, which is no reason not to post to this machine in plain HTTP.
        let client = builder()
            .tls_certs_merge(roots.clone())
            .build()
            .or_else(|_| builder().tls_certs_only(roots).build())
            .map_err(|error| describe(&error))?;
        Ok(Self { client })
    }

    /// Sends `request` with its signature and the call's cookies, and waits for the whole answer. `retries` hears of each
    /// repetition, which has the same idempotency token.
    pub async fn send(
        &self,
        request: &Request,
        signature: &str,
        jar: &Jar,
        retries: impl Fn(u32, String),
    ) -> Reply {
        let start = Instant::now();
        let (token, mut before) = (uuid::Uuid::new_v4().to_string(), 0);
        let mut reply = loop {
            let left = request.overrides.total.saturating_sub(start.elapsed());
            if left.is_zero() {
                let message = "HTTP communication total time out triggered: no attempt succeeded in time";
                break Reply::failed(Fault { code: 11203, message: message.into() });
            }
            let limit = request.overrides.read.min(left);
            let attempt = self.exchange(request, signature, jar, &token, limit).await;
            let failed = failed(&attempt);
            let reply = attempt.unwrap_or_else(|error| Reply::failed(failure(&error)));
            match failed.filter(|failed| request.overrides.again(before, *failed)) {
                Some(_) => {
                    before += 1;
                    retries(before, retrieval(&reply).message);
                }
                None => break reply,
            }
        };
        reply.millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        reply
    }

    /// Fetches an audio file, wherever it was moved to, and decodes it.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn fetch(&self, url: &str) -> Result<Arc<[i16]>, AudioFault> {
        let mut url = url.to_owned();
        let mut before = 0;
        loop {
            let answer = self.client.get(&url).send().await;
            let mut answer = answer.map_err(|error| AudioFault::Twilio(failure(&error)))?;
            let status = answer.status();
            if status.is_redirection() {
                let next = follow(&url, status.as_u16(), location(&answer).as_deref(), before);
                (url, _) = next.map_err(AudioFault::Twilio)?;
                before += 1;
                continue;
            }
            if !status.is_success() {
                let reason = format!("the status was {}; it must be 2xx", status.as_u16());
                return Err(AudioFault::retrieval(reason));
            }
            let content_type = content_type(&answer);
            let body = read(&mut answer, LARGEST_AUDIO)
                .await
                .map_err(|error| AudioFault::Twilio(failure(&error)))?;
            return sound(&body, content_type.as_deref());
        }
    }

    async fn exchange(
        &self,
        request: &Request,
        signature: &str,
        jar: &Jar,
        token: &str,
        limit: Duration,
    ) -> Result<Reply, reqwest::Error> {
        let target = request.target();
        let outgoing = match request.method {
            Method::Get => self.client.get(&target),
            Method::Post => self
                .client
                .post(&target)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8")
                .body(request.encoded()),
        };
        let outgoing = match jar.header(&target) {
            Some(cookies) => outgoing.header(COOKIE, cookies),
            None => outgoing,
        };
        let mut answer = outgoing
            .header(SIGNATURE, signature)
            .header(IDEMPOTENCY, token)
            .timeout(limit)
            .header("Accept", "*/*")
            .send()
            .await?;
        let cookies = answer.headers().get_all(SET_COOKIE).iter();
        jar.take(&target, cookies.filter_map(|value| value.to_str().ok()));
        let content_type = content_type(&answer);
        let status = answer.status();
        if let Some(encoding) = compression(&answer) {
            let message = format!(
                "HTTP retrieval failure: the answer is compressed ({encoding}), for which nobody asked"
            );
            return Ok(Reply::failed(Fault { code: 11200, message }));
        }
        let foreign = charset(&answer).filter(|name| !name.eq_ignore_ascii_case("utf-8"));
        let location = location(&answer).filter(|_| status.is_redirection());
        let played = content_type.as_deref().is_some_and(is_audio) && status.is_success();
        let body = read(&mut answer, if played { LARGEST_AUDIO } else { LONGEST_BODY }).await?;
        let sound = played.then(|| sound(&body, content_type.as_deref()));
        let (body, is_utf8) = match String::from_utf8(if played { Vec::new() } else { body }) {
            // All encodings of the web have ASCII in common.
            Ok(text) => {
                let fits = foreign.is_none() || text.is_ascii();
                (text, fits)
            }
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), false),
        };
        let status = Some(status.as_u16());
        Ok(Reply { status, content_type, body, is_utf8, sound, location, error: None, millis: 0 })
    }
}

/// How an attempt failed, if it did.
fn failed(attempt: &Result<Reply, reqwest::Error>) -> Option<Failure> {
    match attempt {
        Ok(reply) => reply.status.filter(|status| *status >= 400).map(Failure::Status),
        Err(error) if error.is_connect() => Some(Failure::NotConnected),
        Err(error) if error.is_timeout() => Some(Failure::NotInTime),
        Err(_) => Some(Failure::Broken),
    }
}

/// `Content-Type` without its parameters, lower case.
fn content_type(answer: &Response) -> Option<String> {
    let value = answer.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Some(kind).filter(|kind| !kind.is_empty())
}

/// The parameter `charset` of `Content-Type`.
fn charset(answer: &Response) -> Option<String> {
    let value = answer.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let mut parameters = value.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, name) = parameters.find(|(key, _)| key.trim().eq_ignore_ascii_case("charset"))?;
    Some(name.trim().trim_matches('"').to_owned())
}

/// `Content-Encoding`; requests have no `Accept-Encoding`.
fn compression(answer: &Response) -> Option<String> {
    let value = String::from_utf8_lossy(answer.headers().get(CONTENT_ENCODING)?.as_bytes()).into_owned();
    Some(value).filter(|value| !value.trim().eq_ignore_ascii_case("identity"))
}

fn location(answer: &Response) -> Option<String> {
    Some(String::from_utf8_lossy(answer.headers().get(LOCATION)?.as_bytes()).into_owned())
}

/// The body, and at most one piece of it more than `most` bytes.
async fn read(answer: &mut Response, most: usize) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > most {
            break;
        }
    }
    Ok(body)
}

fn sound(body: &[u8], content_type: Option<&str>) -> Result<Arc<[i16]>, AudioFault> {
    if body.len() > LARGEST_AUDIO {
        return Err(AudioFault::retrieval(format!("the file has more than {LARGEST_AUDIO} bytes")));
    }
    decode(body, content_type)
}
