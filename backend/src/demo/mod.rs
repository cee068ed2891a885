//! Everything on one machine: the server, the emulator of Twilio, a few lines and a few phones.
//!
//! The only place where this package knows the emulator. The end-to-end tests use the same world; the program for a host is
//! built without.

mod door;
mod start;
mod world;

pub use door::{Door, DoorError};
pub use start::{Demo, DemoError, Options};
pub use world::{HANDSET, emulator_config, world};
