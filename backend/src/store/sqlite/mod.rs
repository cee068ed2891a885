//! SQLite, embedded.
//!
//! One connection writes, a few others read: those that want to write wait for each other here and not in SQLite, and what is
//! said to be written can be read on a connection that did not write it. What makes connections worthless is in
//! `connections.rs` (the file) and `transaction.rs` (a transaction that failed).

mod audit;
mod calls;
mod connections;
mod dials;
mod existing;
mod files;
mod lines;
mod open;
mod sessions;
mod sign_ins;
mod transaction;

use connections::{At, SqliteStore};
pub use existing::{Existing, open_existing};
pub use open::open;
use transaction::Transaction;
