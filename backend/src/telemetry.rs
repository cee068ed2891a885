//! Logs.

use tracing_subscriber::{EnvFilter, fmt};

/// Logs to standard error. `filter` is in the words of `tracing-subscriber`'s `EnvFilter`; one that cannot be read
/// counts as `info`. Does nothing when logging is set up already.
pub fn init(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    drop(fmt().with_env_filter(filter).with_writer(std::io::stderr).compact().try_init());
}
