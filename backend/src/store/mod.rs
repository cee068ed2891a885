//! The store: opening, migrating, the engines. What is in it, and what every engine must do with it, stands with each
//! capability.

mod copy;
mod engine;
mod error;
mod existing;
pub(crate) mod for_many;
mod listener;
mod open;
mod postgres;
mod query;
mod row;
mod sql_store;
mod sqlite;
mod store_trait;
pub(crate) mod together;
mod version;
mod within;

#[cfg(test)]
pub(crate) mod contract;

pub use copy::{CopyError, Mark, Moved, copy};
pub use error::StoreError;
pub use existing::Existing;
pub use listener::Listener;
pub use open::{back_up, open, open_existing};
pub(crate) use query::{Query, Value};
pub(crate) use row::Row;
pub(crate) use sql_store::{SqlStore, Transaction};
pub use store_trait::Store;
pub(crate) use within::within;
