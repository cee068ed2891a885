//! How requests to the application are sent, and the cookies of each call.

mod cookies;
mod failure;
mod send;

pub use cookies::{Jar, Jars};
pub use send::Sender;
