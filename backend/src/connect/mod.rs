//! What `sidetone connect` changes in a Twilio account, and how it is taken back.
//!
//! - [`resource`], [`found`]: the account as it is; [`update`]: what is changed of it
//! - [`plan`]: what differs from what is wanted; pure
//! - [`memory`]: what was there before, in a file beside the configuration
//! - [`undo`]: what would put it back; pure
//! - [`apply`]: does either, step by step, remembering each step before it is done
//! - [`config_file`]: the configuration file, with the comments that it had
//! - [`words`]: plans for people

pub mod apply;
pub mod config_file;
pub mod found;
pub mod memory;
pub mod plan;
pub mod resource;
pub mod undo;
pub mod update;
pub mod words;

#[cfg(test)]
mod tests;
