//! Statements in the words that SQLite and PostgreSQL share.

pub(super) mod audit;
pub(super) mod calls;
pub(super) mod dials;
pub(super) mod lines;
pub(super) mod sessions;
pub(super) mod sign_ins;
