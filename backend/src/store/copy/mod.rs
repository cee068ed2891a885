//! Moving an SQLite database to PostgreSQL, while servers run on it.
//!
//! SQLite's own lock of the writers is held while everything is copied in one transaction of PostgreSQL: nobody else writes meanwhile,
//! and a copy that is broken off at any point has changed nothing. Then the mark goes into SQLite, and after it the transaction ends
//! in PostgreSQL. With the mark the tables have other names, so that whoever reads or writes there is told, of whatever version. A
//! server goes on with the new database when it has the mark's stamp in it (`following.rs`), and never sooner: what comes between the
//! two ends waits, and the next copy begins anew.
//!
//! - `run`: the steps; `error`: why not; `moved`: what it says at the end
//! - `source`: what is done in SQLite; `mark`: what stands there afterwards
//! - `target`: what is done in PostgreSQL; `stamp`: what stands there afterwards
//! - `tables`, `rows`: what there is to be copied, found in the database itself; how a row is written
//! - `readable`: whether the running servers can read the new configuration
//! - `following`: a running server's way to the new database

mod error;
mod following;
mod mark;
mod moved;
mod readable;
mod rows;
mod run;
mod source;
mod stamp;
mod tables;
mod target;

#[cfg(test)]
mod tests;

pub use error::CopyError;
pub(super) use following::Following;
pub use mark::Mark;
pub(super) use mark::read as mark_of;
pub use moved::Moved;
pub use run::copy;
pub(super) use stamp::read as stamp_of;
