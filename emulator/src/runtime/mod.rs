//! Runs the exchange: takes inputs from everywhere, and does what it wants done.

mod board;
mod http;
mod link;
mod media;
mod run;
mod thread;
mod timers;
mod tls;

pub use board::{Board, PhoneLeg, PhoneState};
pub use link::{Command, Leftovers, Link, ToSocket};
pub use thread::{Parts, Running, launch};
