//! Everything that happened, in order.

mod entry;
mod json;
mod store;

pub use entry::{Entry, Event, FaultKind};
pub use json::configure;
pub use store::Timeline;
