//! One file per endpoint: extract, ask the domain, answer.

mod api;
mod configure;
mod health;
mod shim;
mod sounds;
mod twilio;
mod ui;

pub(crate) use configure::configure;
