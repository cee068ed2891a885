//! `sidetone connect`, run as an operator runs it, against the emulator's REST API.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, outside the functions that clippy takes for tests"
)]

mod faults;
mod interrupted;
mod refusals;
mod there_and_back;
mod world;
