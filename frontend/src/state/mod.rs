//! The running phone: feeds events into the model, runs its effects, publishes what is to be seen.

mod core;
mod dialing;
mod effects;
mod events;
mod language;
mod lasting;
mod microphone;
mod muted;
mod noise;
mod outside;
mod phone;
mod preferences;
mod question;
mod session;
mod settings;
mod sound;
mod tabs;
mod unseen;
mod whenever;

pub(crate) use dialing::Dialing;
pub(crate) use lasting::Lasting;
pub(crate) use outside::{Install, Outside, use_outside};
pub(crate) use phone::Phone;
pub(crate) use session::SessionState;
pub(crate) use settings::Settings;
pub(crate) use sound::Sound;
pub(crate) use unseen::UnseenCalls;
pub(crate) use whenever::whenever;
