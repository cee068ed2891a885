//! The store: opening, migrating, the engines. What is in it, and what every engine must do with it, stands with each
//! capability.

mod error;
pub(crate) mod sqlite;
mod store_trait;
pub(crate) mod together;
mod within;

#[cfg(test)]
pub(crate) mod contract;

pub use error::StoreError;
pub use sqlite::{Existing, open, open_existing};
pub use store_trait::Store;
pub(crate) use within::within;
