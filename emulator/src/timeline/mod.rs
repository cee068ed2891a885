//! Everything that happened, in order.

mod entry;
mod pages;
mod store;

pub use entry::{Entry, Event};
pub use pages::configure;
pub use store::Timeline;
