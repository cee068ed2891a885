//! The way to the exchange from any thread, and what is known of it without asking.

mod board;
mod callback_desk;
mod rest_desk;
mod timeline;
mod way;

pub use board::{Board, PhoneLeg, PhoneState};
pub use callback_desk::{CallbackDesk, DisturbCallbacks, Disturbance};
pub use rest_desk::{FailRest, RestCall, RestDesk};
pub use timeline::Timeline;
pub use way::{Command, EdgesDown, Leftovers, Link, ToSocket};
