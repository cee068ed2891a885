//! Logs.

use std::io::{self, IsTerminal};

use tracing::Span;
use tracing_subscriber::{EnvFilter, fmt};

/// The HTTP library writes a line for every request that is none, and strangers can send as many as they like. Nothing in it is of
/// use to an operator. Who wants to see it names it in the filter.
const HTTP: &str = "actix_http";

/// Has no lines of its own, only the span around those of a request.
const REQUEST: &str = "sidetone_request";

/// Logs to standard error. `text` is in the words of `tracing-subscriber`'s `EnvFilter`; one that cannot be read
/// counts as `info`. Does nothing when logging is set up already.
pub fn init(text: &str) {
    // Colours are for people; in a file they are noise.
    let colours = io::stderr().is_terminal();
    drop(fmt().with_env_filter(filter(text)).with_writer(io::stderr).with_ansi(colours).compact().try_init());
}

/// What is logged, in these words.
pub fn filter(text: &str) -> EnvFilter {
    let mut filter = EnvFilter::try_new(text).unwrap_or_else(|_| EnvFilter::new("info"));
    // Whatever is logged of a request has its id.
    let always = format!("{REQUEST}=error");
    let quiet = format!("{HTTP}=off");
    for directive in [Some(always), (!text.contains(HTTP)).then_some(quiet)].into_iter().flatten() {
        if let Ok(directive) = directive.parse() {
            filter = filter.add_directive(directive);
        }
    }
    filter
}

/// What every line stands in that is logged for a request. Work that goes on beside the request takes it along
/// (`tracing::Instrument::in_current_span`).
pub(crate) fn request(id: &str) -> Span {
    // Of the highest level, so that no filter of lines leaves the id out.
    tracing::error_span!(target: REQUEST, "request", request_id = %id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_http_library_is_heard_where_it_is_named() {
        assert!(filter("info").to_string().contains("actix_http=off"));
        assert!(filter("nonsense=!").to_string().contains("info"));
        assert!(!filter("info,actix_http::h1=debug").to_string().contains("off"));
    }

    #[test]
    fn no_filter_leaves_the_id_of_a_request_out() {
        for text in ["error", "backend::calls=warn", "off"] {
            assert!(filter(text).to_string().contains("sidetone_request=error"), "{text}");
        }
    }
}
