//! Runs the exchange: takes inputs from everywhere, and does what it wants done.

mod callbacks;
mod media;
mod run;
mod thread;
mod timers;

pub use thread::{Parts, Running, launch};
