//! One phone in a browser, however many tabs show it.
//!
//! The tab that holds a lock has the phone: the Device, the call, the audio. The browser gives the lock to the next tab when
//! that one goes, however it goes, so that nobody has to watch whether it lives. The other tabs show what the owner tells
//! them, and tell it what their users wish. A tab whose user starts a call is given the phone first, if it is idle: there the
//! browser asks for the microphone, and there the sound should be.
//!
//! Whatever a tab says may be lost, late, or from a tab that is gone. What is shown comes right by itself within a beat.

mod machine;
mod role;
mod said;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod times;

pub use machine::{Tabs, TabsEffect, TabsEvent};
pub use said::{Said, Snapshot, Term};
pub use times::{stamped, unstamped};
