//! The handset socket from outside: a page by hand, and a phone at the other end of the call.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "the tests of calls ask it for more")]
#[path = "../voice/application.rs"]
mod application;
mod audio;
mod calls;
mod mistakes;
mod page;
mod peer;
mod world;
