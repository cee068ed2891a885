//! The settings, one section in a file.

mod card;
mod connection;
mod devices;
mod language;
mod passcode_change;

pub(crate) use card::{BUTTON_ID, ID, SettingsCard, close};
