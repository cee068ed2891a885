//! The `/signal` WebSocket of the browser SDK.

mod edge;
mod protocol;
mod redact;
mod registry;
mod server;
mod session;

#[cfg(test)]
mod tests;

pub use protocol::{ClientMessage, Malformed, ServerMessage, parse};
pub use redact::redact;
pub use registry::{Registry, SocketId};
pub use server::connect;
pub use session::{Session, Step};
