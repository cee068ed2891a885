//! What systemd, and whoever else starts services its way, gives to the server and is told by it.
//!
//! - [`inherited`] (`sockets`): the sockets that it listens on, which outlive the process
//! - [`Manager`] (`notices`): what it is told
//! - [`attend`] (`watchdog`): when it is told that the server serves, and goes on serving
//! - [`door`]: the server as somebody on this machine reaches it

pub mod door;
#[cfg(unix)]
mod notices;
#[cfg(unix)]
mod sockets;
#[cfg(unix)]
mod watchdog;

#[cfg(unix)]
pub use notices::Manager;
#[cfg(unix)]
pub use sockets::{SocketFault, inherited};
#[cfg(unix)]
pub use watchdog::attend;
