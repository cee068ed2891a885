use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, PERMISSIONS_POLICY,
        REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    },
    middleware::Next,
    web,
};

use shared::api::paths;

use crate::http::state::AppState;

/// Headers that every answer has. No Cross-Origin-Embedder-Policy: it gives powers (shared memory) that the phone does not
/// use.
const HEADERS: [(HeaderName, &str); 6] = [
    (HeaderName::from_static(paths::OWN_HEADER), "1"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (PERMISSIONS_POLICY, PERMISSIONS),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What a phone needs, for the page itself and nothing framed in it; everything else that can be asked for is off.
const PERMISSIONS: &str = "microphone=(self), autoplay=(self), speaker-selection=(self), screen-wake-lock=(self), \
    accelerometer=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), \
    geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), midi=(), payment=(), \
    picture-in-picture=(), publickey-credentials-get=(), serial=(), usb=(), xr-spatial-tracking=()";

/// Headers for answers that say nothing of their own about it.
const UNLESS_SAID: [(HeaderName, &str); 2] =
    [(CONTENT_SECURITY_POLICY, NOTHING), (CACHE_CONTROL, "no-store")];

/// The policy of every answer but the page: nothing in it may do anything.
const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A year, for this host only: its neighbours are not ours to decide about.
const ONLY_TLS: &str = "max-age=31536000";

pub(crate) async fn security_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let https = request.app_data::<web::Data<AppState>>().is_some_and(|state| state.public_url.is_https());
    let mut response = next.call(request).await?.map_into_boxed_body();
    add(response.headers_mut(), https);
    Ok(response)
}

/// The same for an answer that no request has led to, as lines of its head.
pub(crate) fn headers_of_every_answer(https: bool) -> String {
    let only_tls = https.then_some((STRICT_TRANSPORT_SECURITY, ONLY_TLS));
    let all = HEADERS.into_iter().chain(UNLESS_SAID).chain(only_tls);
    all.map(|(name, value)| format!("{name}: {value}\r\n")).collect()
}

fn add(headers: &mut HeaderMap, https: bool) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in UNLESS_SAID {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_TLS));
    }
}
