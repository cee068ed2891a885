//! What happened, for the operator: who signed in, what was refused, what was changed.

pub mod event;
mod log;
pub(crate) mod store;
mod theme;

pub(crate) use log::AuditLog;
pub use store::{AuditFilter, AuditPlace, AuditStore};
pub(crate) use theme::kinds_about;
