//! Every text that the user sees, a function for each message of `messages/en.toml`: `[call] mute = "Mute"` is
//! `text::call::mute()`, placeholders are parameters, and a message with plural forms takes the number first. `build.rs`
//! writes the functions and sees to it that every language has every message.
//!
//! Values are of the language at the moment: whoever keeps one keeps that language. The view is built anew when the
//! language changes.

mod format;
mod runtime;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use format::{Unit, ago, country_name, date_time};
pub use runtime::{Language, add, choose, current, find};
use runtime::{at, counted, fill};

include!(concat!(env!("OUT_DIR"), "/text.rs"));
