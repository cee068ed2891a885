//! The telephone exchange: a pure state machine. Inputs come in with the time, effects go out; nothing here waits,
//! reads a clock or touches a socket.

mod answer;
mod dial;
mod dialled;
mod effect;
mod finish;
mod incoming;
mod input;
mod keys;
mod media;
mod outgoing;
mod phone;
mod reconnect;
mod script;
mod signal;
mod state;
mod verbs;

#[cfg(test)]
mod tests;

pub(crate) use dial::is_e164;
pub use effect::{Effect, Hears, MediaKey, MediaOp, Timer, TimerOwner};
pub use input::{Input, MediaInput, PhoneCommand};
pub use state::Exchange;
