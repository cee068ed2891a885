//! Logs.

use std::io::{self, IsTerminal};

use tracing_subscriber::{EnvFilter, fmt};

/// The HTTP library writes a line for every request that is none, and strangers can send as many as they like. Nothing in it is of
/// use to an operator. Who wants to see it names it in the filter.
const HTTP: &str = "actix_http";

/// Logs to standard error. `text` is in the words of `tracing-subscriber`'s `EnvFilter`; one that cannot be read
/// counts as `info`. Does nothing when logging is set up already.
pub fn init(text: &str) {
    // Colours are for people; in a file they are noise.
    let colours = io::stderr().is_terminal();
    drop(fmt().with_env_filter(filter(text)).with_writer(io::stderr).with_ansi(colours).compact().try_init());
}

/// What is logged, in these words.
pub fn filter(text: &str) -> EnvFilter {
    let filter = EnvFilter::try_new(text).unwrap_or_else(|_| EnvFilter::new("info"));
    match format!("{HTTP}=off").parse() {
        Ok(quiet) if !text.contains(HTTP) => filter.add_directive(quiet),
        _ => filter,
    }
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
}
