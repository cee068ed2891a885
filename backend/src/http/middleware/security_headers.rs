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
static HEADERS: [(HeaderName, HeaderValue); 6] = [
    (HeaderName::from_static(paths::OWN_HEADER), HeaderValue::from_static("1")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (PERMISSIONS_POLICY, HeaderValue::from_static(PERMISSIONS)),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// What a phone needs, for the page itself and nothing framed in it; everything else that can be asked for is off.
const PERMISSIONS: &str = "microphone=(self), autoplay=(self), speaker-selection=(self), screen-wake-lock=(self), \
    accelerometer=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), \
    geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), midi=(), payment=(), \
    picture-in-picture=(), publickey-credentials-get=(), serial=(), usb=(), xr-spatial-tracking=()";

/// Headers for answers that say nothing of their own about it.
static UNLESS_SAID: [(HeaderName, HeaderValue); 2] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(NOTHING)),
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// The policy of every answer but the page: nothing in it may do anything.
pub(crate) const NOTHING: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A year, for this host only: its neighbours are not ours to decide about.
static ONLY_TLS: (HeaderName, HeaderValue) =
    (STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));

pub(crate) async fn security_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let https = request.app_data::<web::Data<AppState>>().is_some_and(|state| state.public_url.is_https());
    let mut response = next.call(request).await?.map_into_boxed_body();
    add_headers(response.headers_mut(), https);
    Ok(response)
}

/// The same for an answer that no request has led to, as lines of its head.
pub(crate) fn headers_of_every_answer(https: bool) -> String {
    let all = HEADERS.iter().chain(&UNLESS_SAID).chain(https.then_some(&ONLY_TLS));
    all.map(|(name, value)| format!("{name}: {}\r\n", value.to_str().unwrap_or_default())).collect()
}

/// To an answer, before it goes out.
pub(crate) fn add_headers(headers: &mut HeaderMap, https: bool) {
    let unless_said = UNLESS_SAID.iter().filter(|(name, _)| !headers.contains_key(name)).collect::<Vec<_>>();
    let all = HEADERS.iter().chain(unless_said).chain(https.then_some(&ONLY_TLS));
    for (name, value) in all {
        headers.insert(name.clone(), value.clone());
    }
}
