//! The engine against other WebRTC peers over real UDP on loopback.

mod client;
mod engine;
mod machine;
