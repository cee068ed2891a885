//! The running phone: feeds events into the model, runs its effects, publishes what is to be seen.

mod admin;
mod calls;
mod core;
mod dialing;
mod language;
mod lasting;
mod line;
mod notice;
mod outside;
mod phone;
mod place;
mod preferences;
mod session;
mod settings;
mod sound;
mod tabs;
mod unseen;
mod whenever;

pub(crate) use admin::Admin;
pub(crate) use calls::CallDesk;
pub(crate) use dialing::Dialing;
pub(crate) use language::LanguageDesk;
pub(crate) use lasting::Lasting;
pub(crate) use line::LineDesk;
pub(crate) use notice::Notice;
pub(crate) use outside::{Install, Outside, use_outside};
pub(crate) use phone::Phone;
pub(crate) use place::Place;
pub(crate) use preferences::Preferences;
pub(crate) use session::{SessionDesk, SessionState};
pub(crate) use settings::Settings;
pub(crate) use sound::SoundDesk;
pub(crate) use tabs::TabsDesk;
pub(crate) use unseen::UnseenCalls;
pub(crate) use whenever::whenever;
