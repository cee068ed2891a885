//! `sidetone doctor`, run as an operator runs it: the emulator's REST API on one side, `sidetone serve` on the other,
//! and now and then a proxy that spoils requests.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, outside the functions that clippy takes for tests"
)]

mod certificates;
#[cfg(unix)]
mod database;
mod proxies;
mod proxy;
mod traps;
mod world;
