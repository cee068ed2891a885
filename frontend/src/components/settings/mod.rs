//! The settings, one section in a file.

mod body;
mod calls;
mod connection;
mod connection_test;
mod contents;
mod devices;
mod dialling;
mod install;
mod language;
mod notify;
mod passcode_change;
mod picker;
mod sound;
mod sound_test;

pub(crate) use body::settings_body;
pub(crate) use picker::Picker;
