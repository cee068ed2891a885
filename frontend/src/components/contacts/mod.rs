//! Names for numbers: found, called, added, changed, read from files and written to them.

mod body;
mod files;
mod form;
mod kind;
mod number_fields;
mod reading;
mod report;
mod row;

pub(crate) use body::contacts_body;
