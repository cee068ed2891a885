//! PostgreSQL, for several servers at once.
//!
//! Whatever looks before it writes does so under one lock that all servers share (`transaction.rs`): there is one writer at a
//! time, as in SQLite, so that limits are as exact as there. What many requests ask at one moment goes together in any case.

mod engine;
mod listener;
mod migrations;
mod open;
mod pool;
mod silent;
mod transaction;

pub(super) use open::{open, open_copy, open_existing, to_be_filled};
pub(super) use pool::PostgresEngine;
pub(super) use transaction::BEGIN;
