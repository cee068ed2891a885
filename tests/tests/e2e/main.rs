//! The scenarios of the README's test command, one file per story.

mod accessibility;
mod audio_devices;
mod devices;
mod dial_check;
mod dial_policy;
mod edges;
mod first_sign_in;
mod handset;
mod hygiene;
mod incoming;
mod keypad;
mod languages;
mod lazy;
mod outgoing;
mod own_account;
mod page_policy;
mod pop_out;
mod proxy;
mod reasons;
mod recovery;
mod settings;
mod sign_in;
mod tabs;
mod two_lines;
mod webhooks;
