//! Web APIs other than the SDK and the network, turned into Rust once.

pub(crate) mod channel;
pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod ear;
pub(crate) mod hand;
pub(crate) mod install;
pub(crate) mod intl;
pub(crate) mod links;
mod listener;
pub(crate) mod locks;
pub(crate) mod media;
pub(crate) mod meter;
pub(crate) mod notification;
pub(crate) mod nudge;
pub(crate) mod page;
pub(crate) mod places;
pub(crate) mod player;
pub(crate) mod random;
pub(crate) mod recorder;
pub(crate) mod script;
pub(crate) mod second_window;
pub(crate) mod storage;
pub(crate) mod typing;
pub(crate) mod worker;

pub(crate) use listener::Listener;
