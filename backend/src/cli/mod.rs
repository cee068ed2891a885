//! The command line.

mod args;
mod audit;
mod backup;
mod check;
mod connect;
mod credential;
mod database;
#[cfg(feature = "demo")]
mod demo;
#[cfg(not(feature = "demo"))]
#[path = "without_demo.rs"]
mod demo;
mod doctor;
mod health;
mod image;
#[cfg(feature = "lambda")]
mod lambda;
mod line;
#[cfg(feature = "lambda")]
mod publish;
mod qr;
mod run;
mod serve;
mod store;
mod terminal;

pub(crate) use run::run;
