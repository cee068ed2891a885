//! The media engine: one thread with one UDP socket for each address of the machine, which serve all calls. Other
//! machines are not heard and not spoken to. What is said and heard is the [core](crate::core::media)'s.

mod driver;
mod engine;
mod faults;
mod own;
mod sockets;

#[cfg(test)]
mod tests;

pub use engine::MediaEngine;
