//! What happened, for the operator: who signed in, what was refused, what was changed.

pub mod event;
mod log;
pub(crate) mod store;

pub(crate) use log::AuditLog;
pub use store::AuditStore;
