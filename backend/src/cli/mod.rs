//! The command line.

mod args;
mod audit;
#[cfg(feature = "demo")]
mod demo;
mod line;
mod run;
mod serve;
mod terminal;

pub(crate) use run::run;
