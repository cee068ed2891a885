//! SQLite, embedded.

mod audit;
mod calls;
mod dials;
mod lines;
mod open;
mod sessions;
mod sign_ins;

use open::SqliteStore;
pub use open::{open, open_existing};
