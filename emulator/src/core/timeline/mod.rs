//! What can be said of what happened.

mod entry;

pub use entry::{Entry, Event, FaultKind};
