//! Sessions and known devices; attempts to sign in that failed.

pub(crate) mod attempts;
pub(crate) mod sessions;

pub use attempts::{Attempt, SignInStore};
pub use sessions::SessionStore;
