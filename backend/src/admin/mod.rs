//! What an admin may do: look after all lines, from the page.
//!
//! - `rights`: who is one; what handlers ask for that are for admins only
//! - `routes`: lines, one-time codes, locks, signed-in devices, limits, the audit log
//!
//! The right is the line's, and looked up in the store at every request: who loses it has lost it. Nothing is done here that
//! `sidetone line` cannot do as well, and every change is in the audit log with the admin's name.

mod rights;
mod routes;

pub(crate) use routes::configure;
