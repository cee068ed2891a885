//! What touches the world: sockets, threads, clocks, pages, requests. All that it decides it asks of the
//! [`core`](crate::core).

pub mod http;
pub mod link;
pub mod media;
pub mod phones;
pub mod runtime;
pub mod webhook;

mod config_file;
mod emulator;

pub use config_file::{ConfigFileError, read_file};
pub use emulator::{Emulator, StartError, WaitError};
