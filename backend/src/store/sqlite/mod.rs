//! SQLite, embedded.
//!
//! One connection writes, a few others read: those that want to write wait for each other here and not in SQLite, and what is
//! said to be written can be read on a connection that did not write it. What makes connections worthless is in
//! `connections.rs` (the file) and `transaction.rs` (a transaction that failed).

mod backup;
mod connections;
mod engine;
mod existing;
mod files;
mod listener;
mod migrations;
mod open;
mod transaction;

pub(super) use backup::back_up;
pub(super) use connections::SqliteEngine;
pub(super) use existing::open_existing;
pub(super) use open::open;
