//! What the browser and the server must agree on. No I/O, no clock, no async.
//!
//! - [`phone`]: the E.164 phone number type, number plans, numbers while they are typed
//! - [`written`]: numbers in what is pasted, dropped or linked, with the keys that follow them
//! - [`digits`]: decimal digits of every script
//! - [`keypad`]: keys, letters, the DTMF alphabet
//! - [`invitation`]: the link that brings a number and a one-time code
//! - [`passcode`]: what a passcode must be
//! - [`withheld`]: callers who do not show their number
//! - [`api`]: paths, request and response types, error codes of every endpoint

pub mod api;
pub mod digits;
pub mod invitation;
pub mod keypad;
pub mod passcode;
pub mod phone;
pub mod withheld;
pub mod written;

pub use invitation::Invitation;
pub use keypad::Key;
pub use phone::{Country, PhoneNumber, PhoneNumberError};
