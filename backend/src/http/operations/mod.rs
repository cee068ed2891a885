//! What the people who run the server want to know. On a listener of its own (`operations_bind`), never on the public one.

mod listener;
mod metrics;
mod process;

pub(crate) use listener::listen;
pub(crate) use metrics::{Metrics, Moment, known_method};
