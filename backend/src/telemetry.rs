//! Logs.

use std::io::{self, IsTerminal};

use tracing_subscriber::{EnvFilter, fmt};

/// Logs to standard error. `filter` is in the words of `tracing-subscriber`'s `EnvFilter`; one that cannot be read
/// counts as `info`. Does nothing when logging is set up already.
pub fn init(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // Colours are for people; in a file they are noise.
    let colours = io::stderr().is_terminal();
    drop(fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(colours).compact().try_init());
}
