use std::{
    net::IpAddr,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderName, HeaderValue},
    middleware::Next,
    web,
};
use ipnet::IpNet;
use tracing::Instrument;

use crate::{
    http::{forwarded::is_trusted, state::AppState},
    random, telemetry,
};

/// No standard has it, but every proxy and log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Those of nginx have 32 characters, UUIDs 36, those of Amazon's gateways some more.
const LONGEST: usize = 128;

/// Gives each request an id: in every line that is logged for it, and in its answer, so that what a proxy, a browser and this
/// server tell of it can be put together. A trusted proxy's own id stays.
pub(crate) async fn request_id<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let id = of_proxy(&request).unwrap_or_else(made);
    let span = telemetry::request(&id);
    let mut response = next.call(request).instrument(span).await?;
    // Never fails: it is of the characters below.
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    Ok(response)
}

fn of_proxy(request: &ServiceRequest) -> Option<String> {
    let state = request.app_data::<web::Data<AppState>>()?;
    let written = request.headers().get_all(REQUEST_ID).map(|value| value.to_str().unwrap_or_default());
    accepted(request.peer_addr()?.ip(), written, &state.settings.network.trusted_proxies)
}

/// The id that a trusted proxy has written, if it is one: one, short, and of characters that cannot be mistaken for anything else
/// in a line of the log.
fn accepted<'a>(
    peer: IpAddr,
    mut written: impl Iterator<Item = &'a str>,
    trusted: &[IpNet],
) -> Option<String> {
    let id = written.next()?;
    let is_fine = |b: u8| b.is_ascii_alphanumeric() || b"-_.:=+/@".contains(&b);
    let is_id = (1..=LONGEST).contains(&id.len()) && id.bytes().all(is_fine) && written.next().is_none();
    (is_id && is_trusted(peer, trusted)).then(|| id.to_owned())
}

/// All different in this process, and from those of others by where they begin: a number of the operating system's for each
/// request would be a way into the kernel for nothing. Without any, that others begin there too is the least trouble.
fn made() -> String {
    /// 2^64 by the golden ratio: neighbours look unlike each other, and it is odd, so that none comes twice.
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    static FIRST: LazyLock<u64> = LazyLock::new(|| u64::from_be_bytes(random::bytes().unwrap_or_default()));
    static MADE: AtomicU64 = AtomicU64::new(0);
    let n = MADE.fetch_add(1, Ordering::Relaxed);
    random::hex(&FIRST.wrapping_add(n.wrapping_mul(STEP)).to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted_from(peer: &str, written: &[&str]) -> Option<String> {
        let trusted = ["127.0.0.0/8", "10.0.0.0/8"].map(|net| net.parse().unwrap());
        accepted(peer.parse().unwrap(), written.iter().copied(), &trusted)
    }

    #[test]
    fn only_a_trusted_proxy_names_requests() {
        for peer in ["127.0.0.1", "10.2.3.4", "::ffff:127.0.0.1"] {
            assert_eq!(accepted_from(peer, &["abc-1"]).as_deref(), Some("abc-1"), "{peer}");
        }
        for peer in ["203.0.113.5", "::1", "11.0.0.1"] {
            assert_eq!(accepted_from(peer, &["abc-1"]), None, "{peer}");
        }
    }

    #[test]
    fn an_id_is_one_short_word() {
        let longest = "x".repeat(LONGEST);
        let uuid = "123e4567-e89b-12d3-a456-426614174000";
        let amazon = "Self=1-67891234-12456789abcdef012345678";
        for id in [uuid, amazon, "JKJaXmPLvHcESHA=", "a1b2c3", &longest] {
            assert_eq!(accepted_from("127.0.0.1", &[id]).as_deref(), Some(id));
        }
        let too_long = "x".repeat(LONGEST + 1);
        let wrong: [&[&str]; 9] = [
            &[],
            &[""],
            &["two words"],
            &["a\tb"],
            &["é"],
            &["\"quoted\""],
            &["a,b"],
            &[&too_long],
            &["first", "second"],
        ];
        for written in wrong {
            assert_eq!(accepted_from("127.0.0.1", written), None, "{written:?}");
        }
    }

    #[test]
    fn a_new_one_is_no_other_and_would_be_accepted() {
        let (one, other) = (made(), made());
        assert_ne!(one, other);
        assert_eq!(accepted_from("127.0.0.1", &[&one]), Some(one.clone()));
    }
}
