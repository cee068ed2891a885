//! The files of the pages; none of them asks another host.

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// Scripts and styles come from here only, and no other page may show these in a frame.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; object-src 'none'";

const FILES: [(&str, &str, &str); 13] = [
    ("/", HTML, include_str!("assets/index.html")),
    ("/timeline", HTML, include_str!("assets/timeline.html")),
    ("/handset", HTML, include_str!("assets/handset.html")),
    ("/assets/emulator.css", CSS, include_str!("assets/emulator.css")),
    ("/assets/timeline.css", CSS, include_str!("assets/timeline.css")),
    ("/assets/handset.css", CSS, include_str!("assets/handset.css")),
    ("/assets/directory.js", JS, include_str!("assets/directory.js")),
    ("/assets/index.js", JS, include_str!("assets/index.js")),
    ("/assets/timeline.js", JS, include_str!("assets/timeline.js")),
    ("/assets/timeline-entry.js", JS, include_str!("assets/timeline-entry.js")),
    ("/assets/handset.js", JS, include_str!("assets/handset.js")),
    ("/assets/hand.js", JS, include_str!("assets/hand.js")),
    ("/assets/handset-audio.js", JS, include_str!("assets/handset-audio.js")),
];

pub(super) fn configure(config: &mut ServiceConfig) {
    for (path, kind, text) in FILES {
        let file = move || async move {
            HttpResponse::Ok()
                .content_type(kind)
                // A new build has new files under the same names.
                .insert_header(("cache-control", "no-cache"))
                .insert_header(("content-security-policy", POLICY))
                .insert_header(("x-content-type-options", "nosniff"))
                .body(text)
        };
        config.route(path, web::get().to(file));
    }
}
