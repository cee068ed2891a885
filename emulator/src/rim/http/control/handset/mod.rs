//! An external phone in a person's hand: a page, and a WebSocket that says what happens.

mod call;
mod connect;
mod protocol;
mod session;

pub(super) use connect::connect;
pub use protocol::{FromPage, ToPage};
