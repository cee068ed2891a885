//! The page: its files, what it may do, its sounds.
//!
//! - `files`: what is answered of the files; `policy`: the Content-Security-Policy; `sounds`: ringtones and keys
//! - `headers`: what answers say of a file beside its content; `published` (feature `lambda`): the page as a bucket has it
//! - `routes`: all of it over HTTP, and what the page is told of the demo

mod files;
mod headers;
pub(crate) mod policy;
#[cfg(feature = "lambda")]
pub mod published;
mod routes;
mod sounds;

pub(crate) use files::Files;
pub(crate) use policy::ContentSecurityPolicy;
pub(crate) use routes::{configure, rest};
pub(crate) use sounds::Sounds;
