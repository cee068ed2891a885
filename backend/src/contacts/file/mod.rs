//! Contacts as other programs have them.
//!
//! - `read`: which kind of file it is, and in which encoding; `text`: what a person wrote, cut to what is kept
//! - `vcard`, `table`: the two kinds, read; `write`: both, written
//! - `found`: what was read, and what was not; `fault`: why nothing was

mod fault;
mod found;
mod kinds;
mod read;
mod table;
mod vcard;
mod write;

pub(super) use found::Found;
pub(super) use read::read;
pub(super) use write::{csv, vcard};
