//! What answers say of a file beside its content: the server's, and those of a bucket that stands in for it.

use shared::api::paths;

use super::files::Asset;

/// Hashed names never change their content; everything else is asked for again, at the price of a 304.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";
/// They change with a version, and are none the worse for being old.
pub(super) const SOUNDS: &str = "public, max-age=604800";

/// What the page asks first. Told with the page, its answers come while the program is still on its way; the page asks for them
/// in the same way (frontend/src/api/http.rs), or the browser would ask twice.
const ASKED_FIRST: [&str; 3] = [paths::SESSION, paths::SIGN_IN_OPTIONS, paths::DEMO];

/// `Cache-Control`
pub(super) fn cache_control(asset: &Asset) -> &'static str {
    if asset.immutable { FOR_EVER } else { ASK_AGAIN }
}

/// `Link` header of the page: <https://www.w3.org/TR/preload/>.
pub(super) fn preloads(prefix: &str) -> String {
    let links = ASKED_FIRST
        .map(|path| format!("<{prefix}/{path}>; rel=preload; as=fetch; crossorigin=use-credentials"));
    links.join(", ")
}
