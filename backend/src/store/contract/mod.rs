//! What every store must do. One suite; each engine runs it on an empty store.

pub(crate) mod fixtures;
mod pgbouncer;
pub(in crate::store) mod postgres;
mod random;
mod sqlite;
mod suite;
