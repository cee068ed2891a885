//! The telephone exchange: a pure state machine. Inputs come in with the time, effects go out; nothing here waits,
//! reads a clock or touches a socket.

mod answer;
mod dial;
mod dialled;
mod effect;
mod finish;
mod gather;
mod incoming;
mod input;
mod keys;
mod line;
mod media;
mod outgoing;
mod phone;
mod reconnect;
mod record;
mod recorded;
mod redirect;
mod rest;
mod script;
mod signal;
mod state;
mod take;
mod verbs;
mod whisper;

#[cfg(test)]
mod tests;

pub use effect::{Effect, MediaOp, Timer, TimerOwner};
pub use input::{Input, MediaInput, PhoneCommand};
pub use state::Exchange;
