//! What the browser SDK says and is told, the state of one socket, and who is registered.

mod edge;
mod protocol;
mod redact;
mod registry;
mod session;

#[cfg(test)]
mod tests;

pub(crate) use edge::edge;
pub use protocol::{ClientMessage, Malformed, ServerMessage, parse};
pub use redact::redact;
pub use registry::{Registry, SocketId};
pub use session::{Session, Step};
