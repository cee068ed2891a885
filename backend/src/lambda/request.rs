//! From an event to a request for the app.

use std::net::{IpAddr, SocketAddr};

use actix_http::{Payload, Request};
use actix_web::{
    http::{
        Method, Uri,
        header::{COOKIE, FORWARDED, HeaderMap, HeaderName, HeaderValue},
    },
    web::Bytes,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use thiserror::Error;

use super::{
    caller::{ORIGIN_VERIFY, TRUE_CLIENT_IP},
    event::Event,
};

/// A path comes decoded, and goes on as a client writes it. What is encoded all the same stays so.
const NOT_IN_A_PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');

/// What is wrong with a request that API Gateway has passed on; the client is told.
#[derive(Debug, Error)]
pub(super) enum RequestFault {
    #[error("The method of the request is none.")]
    Method,
    #[error("The address of the request cannot be read.")]
    Address,
    #[error("The body of the request was said to be base64, and is not.")]
    Body,
}

/// `path` is the one that is meant; `caller` is the peer, and what proxies say of others is left out.
pub(super) fn request(event: &Event<'_>, path: &str, caller: IpAddr) -> Result<Request, RequestFault> {
    let method = Method::from_bytes(event.method.as_bytes()).map_err(|_| RequestFault::Method)?;
    let mut address = utf8_percent_encode(path, NOT_IN_A_PATH).to_string();
    if !event.query.is_empty() {
        address.push('?');
        address.push_str(&event.query);
    }
    let uri: Uri = address.parse().map_err(|_| RequestFault::Address)?;
    let body = match event.is_base64 {
        true => BASE64_STANDARD.decode(event.body).map_err(|_| RequestFault::Body)?,
        false => event.body.as_bytes().to_vec(),
    };
    let mut request = Request::with_payload(Payload::from(Bytes::from(body)));
    let head = request.head_mut();
    head.method = method;
    head.uri = uri;
    head.peer_addr = Some(SocketAddr::new(caller, 0));
    head.headers = headers(event);
    Ok(request)
}

fn headers(event: &Event<'_>) -> HeaderMap {
    const OF_PROXIES: [&str; 3] = ["x-forwarded-for", ORIGIN_VERIFY, TRUE_CLIENT_IP];
    let mut headers = HeaderMap::new();
    for (name, value) in &event.headers {
        // API Gateway takes none that is not one.
        let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value.as_bytes()))
        else {
            continue;
        };
        if name != FORWARDED && !OF_PROXIES.contains(&name.as_str()) {
            headers.append(name, value);
        }
    }
    if let Ok(cookies) = HeaderValue::from_str(&event.cookies.join("; "))
        && !cookies.is_empty()
    {
        headers.insert(COOKIE, cookies);
    }
    headers
}
