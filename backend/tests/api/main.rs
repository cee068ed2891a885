//! The HTTP surface, through a real socket.

mod bad_input;
mod calls;
mod helpers;
mod sign_in;
mod store_down;
mod token;
mod twiml;
mod ui;
