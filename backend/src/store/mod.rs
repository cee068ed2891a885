//! Lines, sessions, calls and the audit log.

mod audit;
mod calls;
mod dials;
mod error;
mod lines;
mod sessions;
mod sign_ins;
mod sql;
mod sqlite;
mod store_trait;

#[cfg(test)]
mod contract;

pub use audit::AuditStore;
pub use calls::{CallStore, MOST_MISSED};
pub use dials::DialStore;
pub use error::StoreError;
pub use lines::LineStore;
pub use sessions::SessionStore;
pub use sign_ins::{Attempt, SignInStore};
pub use sqlite::{Existing, open, open_existing};
pub use store_trait::Store;
