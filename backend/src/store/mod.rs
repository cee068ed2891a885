//! Lines, sessions and calls.

mod error;
mod sql;
mod sqlite;
mod store_trait;

#[cfg(test)]
mod contract;

pub use error::StoreError;
pub use sqlite::open;
pub use store_trait::Store;
