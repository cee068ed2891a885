//! Names for numbers: a line's own contacts, and those that all lines share.
//!
//! - [`contact`]: what a contact must be; `number`: how its numbers are read
//! - `file`: contacts in vCard and CSV, read and written; `import`: what becomes of those in a file
//! - `store`: the contacts in the store
//! - `routes`: list, search, change, files, and whose number it is

pub mod contact;
mod file;
mod import;
mod number;
mod routes;
pub(crate) mod store;

pub(crate) use routes::configure;
pub use store::{Asked, ContactChanged, ContactStore, Written};
